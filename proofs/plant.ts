/** Plants a bug into the books of a proof's own database. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { owner } from "../server/db/testing";

/** Replaces one of the books' functions by its text with `from` exchanged for `to`. */
export async function plantInFunction(name: string, from: string, to: string): Promise<void> {
  const file = fileURLToPath(new URL(`../prisma/sql/${name}.sql`, import.meta.url));
  const text = readFileSync(file, "utf8");
  const changed = text.replaceAll(from, to);
  if (changed === text) throw new Error(`${name}.sql does not say "${from}" any more.`);
  await owner().query(changed);
}
