/** Generates the Prisma client, bundles the server and builds the pages when their sources have changed. */
import { spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { packagedBinaries } from "../server/platform/db/postgres-home";
import { log } from "../server/platform/log";
import { waitForLock } from "./lib/lock";
import { UserFacingError } from "./lib/user-facing-error";
import { hashOf, isBuilt, SERVER } from "./sources.mjs";

type Options = { say: (line: string) => void; signal?: AbortSignal };

/** Prevents two commands of one clone from building at the same time. */
const LOCK = "node_modules/.evenhour-build.lock";

const CLIENT = {
  sources: ["prisma/schema", "prisma.config.ts", "package-lock.json"],
  stamp: "server/platform/db/generated/.sources",
  line: "Preparing the database client…",
  commands: [["node_modules/prisma/build/index.js", "generate"]],
};

const BUNDLE = {
  ...SERVER,
  line: "Bundling the server…",
  commands: [
    [
      "node_modules/esbuild/bin/esbuild",
      "scripts/serve.ts",
      "--outdir=build",
      "--sourcemap",
      // Dynamic imports become files of their own, loaded when they are needed.
      "--bundle",
      "--splitting",
      "--format=esm",
      "--platform=node",
      "--target=node20",
      "--packages=external",
      // Next's package has no "exports", so Node resolves its modules by file name only.
      "--alias:next/headers=next/headers.js",
    ],
  ],
};

const PAGES = {
  sources: [
    "app",
    "components",
    "domain",
    "server",
    "service-worker",
    "messages",
    "prisma/schema",
    "public",
    "next.config.js",
    "postcss.config.mjs",
    "tsconfig.json",
    "package-lock.json",
  ],
  stamp: ".next/evenhour-sources",
  line: "Building the pages (only when they changed, up to a minute)…",
  commands: [
    ["node_modules/next/dist/bin/next", "build"],
    // Read by server/api/http/service-worker.ts. It runs after Next, which empties .next.
    [
      "node_modules/esbuild/bin/esbuild",
      "service-worker/service-worker.ts",
      "service-worker/unregister.ts",
      "--bundle",
      "--minify",
      "--target=es2020",
      "--outdir=.next/offline",
    ],
  ],
};

/** Generates the Prisma client when the schema has changed. */
export const generateClient = (options: Options): Promise<void> => make(CLIENT, options);

/**
 * `npm run build` prepares everything that `npm start` would, so that it then writes to the data folder only.
 * @param part "server" when scripts/start.mjs needs the bundle only
 */
export async function main([part]: string[]): Promise<void> {
  const say = (line: string) => log.info("start", line);
  try {
    await generateClient({ say });
    await make(BUNDLE, { say });
    if (part === "server") return;
    await packagedBinaries();
    await buildPages({ say });
  } catch (error) {
    log.error("start", error instanceof UserFacingError ? error.message : error);
    process.exit(1);
  }
}

/** Builds the pages when their sources have changed. */
export const buildPages = (options: Options): Promise<void> => make(PAGES, options);

async function make(target: typeof CLIENT, { say, signal }: Options): Promise<void> {
  if (isBuilt(target)) return;
  const lock = await waitForLock(LOCK, () => say("Waiting for another build to finish…"));
  try {
    if (isBuilt(target)) return;
    const hash = hashOf(target.sources);
    say(target.line);
    // An interrupted build leaves no stamp.
    rmSync(target.stamp, { force: true });
    for (const command of target.commands) await run(command, signal);
    writeFileSync(target.stamp, hash);
  } finally {
    lock.release();
  }
}

/** Runs a command without output. @throws UserFacingError with its output when it fails */
function run(command: string[], signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      stdio: ["ignore", "pipe", "pipe"],
      signal,
      env: {
        ...process.env,
        NODE_ENV: "production",
        // No telemetry and no checks for updates.
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
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new UserFacingError(`\`${command.join(" ")}\` failed:\n${output.trim()}`));
    });
  });
}
