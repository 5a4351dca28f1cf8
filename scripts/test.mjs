/** The door for `npm test [step …]`: installs what the lock file names, then runs the checks. */
import { prepare } from "./install.mjs";

await prepare();
const { main } = await import("./checks.ts");
await main(process.argv.slice(2));
