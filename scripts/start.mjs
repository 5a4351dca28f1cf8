/**
 * The door for `npm start`, `demo`, `dev` and `worker` on a machine with only Node and npm:
 * installs what the lock file names, then runs scripts/serve.ts in this same process, so that
 * whatever ends this process ends the application. All but `dev` run it from a bundle
 * (docs/decisions/025-server-bundle.md).
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { loadTypeScript, prepare } from "./install.mjs";
import { isBuilt, SERVER } from "./sources.mjs";

const command = process.argv[2] ?? "start";
if (!["start", "demo", "dev", "worker"].includes(command)) {
  console.error(`There is no command "${command}": use start, demo, dev or worker.`);
  process.exit(1);
}
prepare();
// Next reads .env as well, but later than we need it.
if (existsSync(".env")) process.loadEnvFile(".env");
process.env.NODE_ENV = command === "dev" ? "development" : "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";

const { main } = command === "dev" ? await fromSources() : await fromBundle();
await main(command);

async function fromSources() {
  await loadTypeScript();
  return import("./serve.ts");
}

async function fromBundle() {
  if (!isBuilt(SERVER)) {
    // In a process of its own, since it loads TypeScript.
    const tool = ["scripts/tool.mjs", "build", "server"];
    const { status } = spawnSync(process.execPath, tool, { stdio: "inherit" });
    if (status !== 0) process.exit(1);
  }
  return import(pathToFileURL(resolve(SERVER.entry)).href);
}
