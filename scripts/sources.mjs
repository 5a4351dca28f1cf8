// @ts-check
/** What is built of which files, and whether it is up to date: read with no TypeScript loader. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {object} Target
 * @property {string[]} sources files and folders
 * @property {string} stamp the file that keeps the hash of the sources
 */

/** The server as plain JavaScript; scripts/build.ts makes it. */
export const SERVER = {
  sources: [
    "server",
    "domain",
    "scripts",
    "prisma/demo",
    "prisma/schema",
    "prisma.config.ts",
    "messages",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
  ],
  stamp: "build/.sources",
  entry: "build/serve.js",
};

/** @param {Target} target */
export function isBuilt({ sources, stamp }) {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === hashOf(sources);
}

/**
 * @param {string[]} paths
 * @returns {string} a hash of the names and contents of the files below, and of the version of Node
 */
export function hashOf(paths) {
  const hash = createHash("sha256").update(process.version);
  for (const file of paths.flatMap(filesOf)) hash.update(file).update(readFileSync(file));
  return hash.digest("hex");
}

/**
 * The files below a path; tests and generated code are no sources.
 * @param {string} path
 * @returns {string[]}
 */
function filesOf(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/]generated[\\/]|\.test\.tsx?$/.test(file))
    .sort();
}
