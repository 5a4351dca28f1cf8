/** Plants a bug into the books of a proof's own database, or into what this process asks of it. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { owner } from "../../server/platform/db/testing/pools";
import type { Run } from "./proof";

/** Replaces one of the books' functions by its text with `from` exchanged for `to`. */
export async function plantInFunction(name: string, from: string, to: string): Promise<void> {
  const file = fileURLToPath(new URL(`../../prisma/sql/${name}.sql`, import.meta.url));
  const text = readFileSync(file, "utf8");
  const changed = text.replaceAll(from, to);
  if (changed === text) throw new Error(`${name}.sql does not say "${from}" any more.`);
  await owner().query(changed);
}

/** Every statement of this process that matches is sent with `to` in its place. */
export function plantInStatements({ atEnd }: Pick<Run, "atEnd">, from: RegExp, to: string): void {
  const own = Client.prototype.query;
  atEnd(() => {
    Client.prototype.query = own;
  });
  Client.prototype.query = function (this: Client, ...[sent, ...rest]: unknown[]) {
    const { text } = (sent ?? {}) as { text?: unknown };
    const changed =
      typeof text === "string" ? { ...(sent as object), text: text.replace(from, to) } : sent;
    return Reflect.apply(own, this, [changed, ...rest]);
  } as typeof own;
}
