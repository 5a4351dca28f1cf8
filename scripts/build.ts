/** Generates the Prisma client and builds the pages, only when their sources changed. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const CLIENT = { of: ["prisma/schema", "package-lock.json"], stamp: "server/db/generated/.sources" };
const PAGES = {
  of: [
    ...["app", "components", "server", "messages", "prisma/schema", "public", "proxy.ts"],
    ...["next.config.ts", "postcss.config.mjs", "tsconfig.json", "package-lock.json"],
  ],
  stamp: ".next/evenhour-sources",
};

/** The files below the given paths; tests and generated code are no sources. */
function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/generated|\.test\.tsx?$/.test(file))
    .sort();
}

function hashOf(paths: string[]): string {
  const hash = createHash("sha256").update(process.version);
  for (const path of paths) {
    const files = path.includes(".") && existsSync(path) ? [path] : filesBelow(path);
    for (const file of files) hash.update(file).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function run(module: string, args: string[], failure: string): void {
  const made = spawnSync(process.execPath, [module, ...args], {
    encoding: "utf8",
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (made.status === 0) return;
  throw new Error(`${failure}\n${made.stdout}\n${made.stderr}`);
}

/** Makes the Prisma client when the schema changed. */
export function generateClient(say: (line: string) => void): void {
  const hash = hashOf(CLIENT.of);
  if (existsSync(CLIENT.stamp) && readFileSync(CLIENT.stamp, "utf8") === hash) return;
  say("Preparing the database client…");
  run("node_modules/prisma/build/index.js", ["generate"], "The database client could not be made.");
  writeFileSync(CLIENT.stamp, hash);
}

/** Builds the pages when their sources changed. */
export function buildPages(say: (line: string) => void): void {
  const hash = hashOf(PAGES.of);
  if (existsSync(PAGES.stamp) && readFileSync(PAGES.stamp, "utf8") === hash) return;
  say("Building the pages (when sources changed, about a minute)…");
  run("node_modules/next/dist/bin/next", ["build"], "The pages could not be built.");
  writeFileSync(PAGES.stamp, hash);
}
