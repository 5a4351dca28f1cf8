/** Plants a bug into a ledger function of the proof's database, or into this process's statements. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { owner } from "../../server/platform/db/testing/pools";
import type { Run } from "./proof";

/** Redefines a ledger function with `from` replaced by `to`. @throws when its text lacks `from` */
export async function plantInFunction(name: string, from: string, to: string): Promise<void> {
  const file = fileURLToPath(new URL(`../../prisma/sql/${name}.sql`, import.meta.url));
  const text = readFileSync(file, "utf8");
  const changed = text.replaceAll(from, to);
  if (changed === text) throw new Error(`${name}.sql does not contain "${from}".`);
  await owner().query(changed);
}

/** Replaces `from` by `to` in every statement that this process sends. */
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
