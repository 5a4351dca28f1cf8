/** Generates the Prisma client and builds the pages, only when their sources changed. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { waitForLock } from "./lock";
import { Refusal } from "./refusal";

type Options = { say: (line: string) => void; signal?: AbortSignal };

/** Two commands of the same clone must not build over each other. */
const LOCK = "node_modules/.evenhour-build.lock";

const CLIENT = {
  sources: ["prisma/schema", "prisma.config.ts", "package-lock.json"],
  stamp: "server/db/generated/.sources",
  line: "Preparing the database client…",
  commands: [["node_modules/prisma/build/index.js", "generate"]],
};

const PAGES = {
  sources: [
    ...["app", "components", "server", "worker", "messages", "prisma/schema", "public"],
    ...["next.config.ts", "postcss.config.mjs", "tsconfig.json", "package-lock.json"],
  ],
  stamp: ".next/evenhour-sources",
  line: "Building the pages (only when they changed, up to a minute)…",
  commands: [
    ["node_modules/next/dist/bin/next", "build"],
    // Read by server/worker.ts. Next empties its folder first.
    [
      ...["node_modules/esbuild/bin/esbuild", "worker/worker.ts", "worker/retired.ts"],
      ...["--bundle", "--minify", "--target=es2020", "--outdir=.next/offline"],
    ],
  ],
};

/** Makes the Prisma client when the schema changed. */
export const generateClient = (options: Options): Promise<void> => make(CLIENT, options);

/** Builds the pages when their sources changed. */
export const buildPages = (options: Options): Promise<void> => make(PAGES, options);

async function make({ sources, stamp, line, commands }: typeof CLIENT, { say, signal }: Options) {
  const hash = hashOf(sources);
  const isMade = () => existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
  if (isMade()) return;
  const lock = await waitForLock(LOCK, () => say("Waiting for another build to finish…"));
  try {
    if (isMade()) return;
    say(line);
    // What is interrupted from here on is no build.
    rmSync(stamp, { force: true });
    for (const command of commands) await run(command, signal);
    writeFileSync(stamp, hash);
  } finally {
    lock.release();
  }
}

/** The files below a path; tests and generated code are no sources. */
function filesOf(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/]generated[\\/]|\.test\.tsx?$/.test(file))
    .sort();
}

function hashOf(paths: string[]): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of paths.flatMap(filesOf)) hash.update(file).update(readFileSync(file));
  return hash.digest("hex");
}

/** Runs a command of a package quietly; what it said is told when it fails. */
function run(command: string[], signal?: AbortSignal): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, command, {
      stdio: ["ignore", "pipe", "pipe"],
      signal,
      env: {
        ...process.env,
        NODE_ENV: "production",
        // Nobody is asked about updates or told that we build.
        NEXT_TELEMETRY_DISABLED: "1",
        CHECKPOINT_DISABLE: "1",
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        NO_COLOR: "1",
      },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.once("error", failed);
    child.once("close", (code) => {
      if (code === 0) done();
      else failed(new Refusal(`\`${command.join(" ")}\` failed:\n${output.trim()}`));
    });
  });
}
