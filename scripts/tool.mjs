/**
 * The door for the commands beside the product (`npm test`, `npm run backup` and the like):
 * installs what the lock file names, then runs the script of that name.
 */
import { existsSync } from "node:fs";
import { loadTypeScript, prepare } from "./install.mjs";

const [name = "", ...args] = process.argv.slice(2);
prepare();
await loadTypeScript();
// These work on the same database as `npm start`; the checks must never.
const isOnData = ["backup", "doctor", "restore"].includes(name);
if (isOnData && existsSync(".env")) process.loadEnvFile(".env");
const { main } = await import(`./${name}.ts`);
await main(args);
