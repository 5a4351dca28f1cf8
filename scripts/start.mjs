/**
 * The door for `npm start`, `demo`, `dev` and `worker` on a machine with only Node and npm:
 * installs what the lock file names, then runs scripts/serve.ts in this same process, so that
 * whatever ends this process ends the application.
 */
import { existsSync } from "node:fs";
import { prepare } from "./install.mjs";

const command = process.argv[2] ?? "start";
if (!["start", "demo", "dev", "worker"].includes(command)) {
  console.error(`There is no command "${command}": use start, demo, dev or worker.`);
  process.exit(1);
}
await prepare();
// Next reads .env as well, but later than we need it.
if (existsSync(".env")) process.loadEnvFile(".env");
process.env.NODE_ENV = command === "dev" ? "development" : "production";
process.env.NEXT_TELEMETRY_DISABLED = "1";

const { main } = await import("./serve.ts");
await main(command);
