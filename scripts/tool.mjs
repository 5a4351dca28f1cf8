/**
 * The door for the commands beside the product (`npm test`, `npm run prove`, `npm run bench`):
 * installs what the lock file names, then runs the script of that name.
 */
import { prepare } from "./install.mjs";

const [name = "", ...args] = process.argv.slice(2);
await prepare();
const { main } = await import(`./${name}.ts`);
await main(args);
