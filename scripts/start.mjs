/**
 * The door for `npm start`, `demo`, `dev` and `worker` on a machine with only Node and npm:
 * installs what the lock file names, then runs scripts/serve.ts in this same process, so that
 * whatever ends this process ends the application.
 */
import { install } from "./install.mjs";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Evenhour needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const command = process.argv[2] ?? "start";
if (!["start", "demo", "dev", "worker"].includes(command)) {
  console.error(`There is no command "${command}": use start, demo, dev or worker.`);
  process.exit(1);
}

process.chdir(new URL("..", import.meta.url).pathname);
install();
process.env.NODE_ENV ??= command === "dev" ? "development" : "production";

const { register } = await import("tsx/esm/api");
register();
const { main } = await import("./serve.ts");
await main(command);
