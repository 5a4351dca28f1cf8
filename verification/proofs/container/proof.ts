/** Runs the steps of hosting/Containerfile in a clean folder: no registry of images is needed. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { freePort } from "../../kit/product";
import { check, exercised, type Proof } from "../proof";

type Step = { keyword: string; text: string };
/** What the image sets for its command. */
type Image = { env: Record<string, string>; command: string[]; health: string[] };

/** The user `nobody` of Debian, as whom root runs the command; other users run it as themselves. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

export const proof: Proof<{ starts: number }> = {
  name: "container",
  claim:
    "In a clean folder, the steps of the Containerfile build Evenhour; its command then runs as a user who can write the data folder only, its health check succeeds, and it stops in order, on new data and on existing data.",
  long: { starts: 3 },
  short: { starts: 2 },
  bug: { name: "the build step installs the dependencies only", counts: { starts: 1 } },
  async run({ counts, planted, say, atEnd }) {
    const folder = mkdtempSync(join(tmpdir(), "evenhour-container-"));
    atEnd(() => {
      // An ordinary user must be able to delete it.
      execFileSync("chmod", ["-R", "u+w", folder]);
      rmSync(folder, { recursive: true, force: true });
    });
    chmodSync(folder, 0o755);
    const code = join(folder, "code");
    const data = join(folder, "data");
    for (const path of [code, data, join(folder, "home")]) mkdirSync(path);
    if (NOBODY.uid) chownSync(data, NOBODY.uid, NOBODY.gid);
    const image = build(stepsOf(readFileSync("hosting/Containerfile", "utf8")), folder, {
      planted,
      say,
    });
    execFileSync("chmod", ["-R", "a-w,a+rX", code]);
    const seconds: number[] = [];
    for (let start = 0; start < counts.starts; start += 1) {
      seconds.push(await runOnce(image, folder, atEnd));
    }
    return { starts: seconds.length, "seconds to the first answer": seconds.join(", ") };
  },
};

/** The instructions, with continued lines joined. */
const stepsOf = (text: string): Step[] =>
  [...text.replaceAll(/\\\n\s*/g, "").matchAll(/^([A-Z]+) +(.+)$/gm)].map(
    ([, keyword = "", rest = ""]) => ({ keyword, text: rest }),
  );

function build(
  steps: Step[],
  folder: string,
  { planted, say }: { planted: boolean; say: (line: string) => void },
): Image {
  const image: Image = { env: {}, command: [], health: [] };
  let ran = 0;
  for (const { keyword, text } of steps) {
    if (keyword === "COPY") {
      check(text === ". .", `COPY ${text} is not known here.`);
      copySources(join(folder, "code"));
    } else if (keyword === "RUN") {
      // Users and folders outside the clean one are prepared above.
      if (text.startsWith("install -d")) continue;
      const step = text.replaceAll("/root", join(folder, "home"));
      const command = planted ? step.replace("npm run build", "npm ci --include=dev") : step;
      say(`RUN ${command}`);
      const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", command], {
        cwd: join(folder, "code"),
        env: {
          PATH: process.env.PATH,
          HOME: join(folder, "home"),
          NODE_ENV: "production" as const,
        },
        encoding: "utf8",
      });
      check(status === 0, `RUN ${command} failed:\n${stdout}${stderr}`);
      ran += 1;
    } else if (keyword === "ENV") {
      for (const [, name = "", value = ""] of text.matchAll(/(\w+)=(\S+)/g))
        image.env[name] = value;
    } else if (keyword === "CMD") image.command = JSON.parse(text);
    else if (keyword === "HEALTHCHECK") image.health = JSON.parse(text.replace(/^.*? CMD /, ""));
  }
  exercised(ran > 0 && image.command.length > 0, "The Containerfile has no steps to run.");
  check(image.health.length > 0, "The Containerfile has no health check.");
  return image;
}

/** Copies what Git has, except what hosting/.containerignore lists. */
function copySources(code: string): void {
  const ignored = readFileSync("hosting/.containerignore", "utf8").trim().split("\n");
  const options = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const files = execFileSync("git", options, { encoding: "utf8", maxBuffer: 16_000_000 });
  for (const file of files.split("\0")) {
    if (!file || ignored.includes(file.split("/")[0] ?? "")) continue;
    mkdirSync(dirname(join(code, file)), { recursive: true });
    cpSync(file, join(code, file));
  }
}

/** Starts the command, waits for its health check, and stops it. @returns seconds until it was healthy */
async function runOnce(
  { env, command: [program = "", ...args], health }: Image,
  folder: string,
  atEnd: (work: () => unknown) => void,
): Promise<number> {
  const settings = {
    ...NOBODY,
    cwd: join(folder, "code"),
    env: {
      ...env,
      PATH: process.env.PATH,
      NODE_ENV: "production" as const,
      // This machine's network must not reach it.
      HOST: "127.0.0.1",
      PORT: String(await freePort()),
      EVENHOUR_DATA_DIR: join(folder, "data"),
    },
  };
  const began = performance.now();
  const child = spawn(program, args, { ...settings, stdio: ["ignore", "pipe", "pipe"] });
  atEnd(() => child.kill("SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const [tool = "", ...parameters] = health;
  while (spawnSync(tool, parameters, settings).status !== 0) {
    check(child.exitCode === null, `The command ended (${child.exitCode}):\n${output}`);
  }
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  check(!/EACCES|EROFS|read-only/i.test(output), `It wrote outside its data folder:\n${output}`);
  const code = await end(child);
  check(code === 0, `It did not stop in order (${code}):\n${output}`);
  return seconds;
}

async function end(child: ChildProcess): Promise<number | null> {
  const ended = new Promise<number | null>((done) => child.once("exit", done));
  child.kill("SIGTERM");
  return ended;
}
