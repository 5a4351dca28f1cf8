/**
 * `npx tsx verification/proofs/permissions/write.ts procedures|pages`: writes the actual permissions
 * into docs/permissions.md, for review.
 */

import { openDatabase } from "../../kit/database";
import { tryPages } from "../pages/try";
import { writeTable } from "./table";
import { tryAll } from "./try";

const closers: (() => unknown)[] = [];
const atEnd = (work: () => unknown) => closers.unshift(work);
if (process.argv[2] === "pages") {
  const { found } = await tryPages({ atEnd }, false);
  writeTable("pages", ["page", "object"], found);
} else {
  const { url } = await openDatabase({ atEnd });
  const { found } = await tryAll(url, console.log);
  writeTable("procedures", ["procedure", "object"], found);
}
for (const close of closers) await close();
process.exit(0);
