/** Copies of the migrated database, one for each trial. */
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { databaseAt } from "../../../server/platform/db/testing/urls";

export async function query<Row extends object>(url: string, question: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(question)).rows;
  } finally {
    await client.end();
  }
}

export type Copies = ReturnType<typeof copiesOf>;

/** @param template the owner's URL of the database to copy, to which nothing may be connected */
export function copiesOf(template: string) {
  const admin = databaseAt(template, "postgres");
  const original = new URL(template).pathname.slice(1);
  const make = async () => {
    const name = `evenhour_copy_${randomBytes(6).toString("hex")}`;
    await query(admin, `CREATE DATABASE ${name} TEMPLATE ${original}`);
    return name;
  };
  // Made while the trial before runs.
  let next = make();
  return {
    /** Lets `work` use a copy, changed by `sql`, and drops it. */
    async use<Result>(sql: string | null, work: (name: string) => Promise<Result>) {
      // Taken before it is awaited, so that two testers never share one.
      const mine = next;
      next = make();
      const name = await mine;
      try {
        if (sql !== null) await query(databaseAt(template, name), sql);
        return await work(name);
      } finally {
        await query(admin, `DROP DATABASE ${name} WITH (FORCE)`);
      }
    },
    onServer: (statement: string) => query(admin, statement),
    urlOf: (name: string) => databaseAt(template, name),
    /** To be awaited before the server stops. */
    end: () => next,
  };
}
