/** `npx tsx proofs/permissions/write.ts`: writes what is so into docs/permissions.md, to be read. */
import { openWorld } from "../world";
import { writeTable } from "./table";
import { tryAll } from "./try";

const closers: (() => unknown)[] = [];
const { url } = await openWorld({ atEnd: (work) => closers.unshift(work) });
const { found } = await tryAll(url, console.log);
writeTable("procedures", ["procedure", "object"], found);
for (const close of closers) await close();
process.exit(0);
