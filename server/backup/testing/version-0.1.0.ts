/** A backup of the demo of version 0.1.0, with photos, e-mails and calendar feeds. */
import { pipeline } from "node:stream/promises";
import { runMigrations } from "graphile-worker";
import { Client } from "pg";
import { from } from "pg-copy-streams";
import { readMigrations } from "../../platform/db/migrate";
import { readBackup } from "../file";
import { QUEUE, SETTINGS, sumOf, tablesOf } from "../tables";

export const BACKUP_0_1_0 = "server/backup/testing/evenhour-0.1.0.evenhour.gz";

/** Fills an empty database with the schema of version 0.1.0 and the rows of its demo. */
export async function makeOldDatabase(url: string): Promise<void> {
  const { header, tables } = await readBackup(BACKUP_0_1_0);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await runMigrations({ connectionString: url });
    await client.query(`BEGIN; ${SETTINGS}`);
    await client.query(
      `CREATE TABLE public._prisma_migrations (
         id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz,
         migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
         started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`,
    );
    for (const { name, script } of await readMigrations()) {
      if (!header.migrations.includes(name)) continue;
      await client.query(script);
    }
    await client.query("DELETE FROM installation");
    const known = new Map((await tablesOf(client)).map((table) => [table.name, table]));
    await tables(async (name, columns, rows) => {
      const table = known.get(name);
      if (!table) throw new Error(`Version 0.1.0 had no table "${name}".`);
      if (name === QUEUE) {
        await client.query(
          "CREATE TEMP TABLE waiting (key text, task text, payload jsonb, run_at timestamptz)",
        );
        await pipeline(rows, client.query(from("COPY waiting FROM STDIN")));
        await client.query("SELECT enqueue_job(task, payload, run_at, key) FROM waiting");
      } else {
        const quoted = columns.map((column) => `"${column}"`);
        await pipeline(rows, client.query(from(`COPY "${name}" (${quoted}) FROM STDIN`)));
      }
      return sumOf(client, table);
    });
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
}
