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
    fail(
      `Evenhour needs Node 20.19 or newer, and 24 is recommended; this is ${process.versions.node}. Install it from https://nodejs.org, then try again.`,
    );
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
  say("info", "Installing dependencies (once, a minute or two)…");
  const { status } = spawnSync(
    "npm",
    ["ci", "--include=dev", "--no-fund", "--no-audit", "--loglevel=error"],
    { stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" },
  );
  if (status !== 0) {
    fail("The dependencies could not be installed: is the npm registry reachable?");
  }
  writeFileSync(STAMP, state);
}

/** As server/platform/log.ts writes it, which cannot be loaded yet. */
function say(level, message) {
  if (process.env.EVENHOUR_LOG === "json") {
    const line = JSON.stringify({ time: new Date().toISOString(), level, part: "start", message });
    (level === "error" ? process.stderr : process.stdout).write(`${line}\n`);
  } else if (level === "error") console.error(message);
  else console.log(`· ${message}`);
}

function fail(message) {
  say("error", message);
  process.exit(1);
}
