/** What every command does first, with nothing installed yet: no dependencies here. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const STAMP = "node_modules/.evenhour-installed";

/** Checks Node, and installs what the lock file names. */
export function prepare() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Evenhour needs Node 20.19 or newer; this is ${process.versions.node}.`);
    process.exit(1);
  }
  process.chdir(fileURLToPath(new URL("..", import.meta.url)));
  install();
}

/** From here on this process can import TypeScript; for tools and development. */
export async function loadTypeScript() {
  const { register } = await import("tsx/esm/api");
  register();
}

/** Only when the lock file, or the Node that native modules were chosen for, changed. */
function install() {
  const state = createHash("sha256")
    .update(readFileSync("package-lock.json"))
    .update(`${process.platform} ${process.arch} ${process.versions.modules}`)
    .digest("hex");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === state) return;
  console.log("· Installing dependencies (once, a minute or two)…");
  const { status } = spawnSync(
    "npm",
    ["ci", "--include=dev", "--no-fund", "--no-audit", "--loglevel=error"],
    { stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" },
  );
  if (status !== 0) {
    console.error("The dependencies could not be installed: is the npm registry reachable?");
    process.exit(1);
  }
  writeFileSync(STAMP, state);
}
