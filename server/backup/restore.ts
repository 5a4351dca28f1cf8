/** Restores a backup into a database and upgrades it, in one transaction. */
import { randomUUID } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { runMigrations } from "graphile-worker";
import { Client, DatabaseError } from "pg";
import { from } from "pg-copy-streams";
import { checksumOf, MIGRATION_LOCK, migrate, readMigrations } from "../platform/db/migrate";
import { BackupError, type Header, makeSum, readBackup, type Sum } from "./file";
import { QUEUE, SETTINGS, sumOf, type Table, tablesOf } from "./tables";
import { countViolations } from "./take";

export type Restored = {
  takenAt: Date;
  communities: string[];
  members: number;
  exchanges: number;
  transfers: number;
  /** The number of rows of each table. */
  rows: Map<string, number>;
  /** Violations of the books: as many as when the backup was taken. */
  violations: number;
};

type Options = {
  /** The database URL of the owner. */
  url: string;
  path: string;
  /** Whether an existing time bank may be deleted. */
  isReplacing: boolean;
  say?: (line: string) => void;
};

/**
 * Restores a backup into a database and upgrades it.
 * @throws BackupError when the file or the database is not usable; then nothing was changed
 */
export async function restoreBackup({
  url,
  path,
  isReplacing,
  say = () => undefined,
}: Options): Promise<Restored> {
  say("Checking the file…");
  const { header, tables } = await readBackup(path);
  const { before, after } = await scriptsFor(header, path);
  const client = new Client({ connectionString: url });
  await client.connect();
  client.on("error", () => undefined);
  let step = "the tables";
  try {
    await requireReplaceable(client, isReplacing);
    await runMigrations({ connectionString: url });
    await client.query(`BEGIN; ${SETTINGS}`);
    // An instance that starts meanwhile waits, and then finds the restored database.
    await client.query("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await empty(client);
    await client.query(MIGRATIONS_TABLE);
    for (const { script } of before) await client.query(script);
    // A migration creates this row.
    await client.query("DELETE FROM installation");
    const rows = new Map<string, number>();
    const known = new Map((await tablesOf(client)).map((table) => [table.name, table]));
    await tables(async (name, columns, chunks) => {
      const table = known.get(name);
      if (!table || `${table.columns}` !== `${columns}` || rows.has(name)) {
        throw new BackupError(
          `The backup has a table "${name}" that does not fit: nothing was changed.`,
        );
      }
      step = `table "${name}"`;
      say(`Restoring ${name}…`);
      const sum = await load(client, table, chunks);
      rows.set(name, sum.rows);
      return sum;
    });
    const missing = [...known.values()].find(
      ({ name, isExcluded }) => !isExcluded && !rows.has(name),
    );
    if (missing) {
      throw new BackupError(
        `The backup does not hold the table "${missing.name}": nothing was changed. Use another backup.`,
      );
    }
    say("Checking the books…");
    const violations = await countViolations(client);
    if (violations !== header.violations) {
      throw new BackupError(
        `The books do not add up as they did when the backup was taken (${violations} violations for ${header.violations}): nothing was changed.`,
      );
    }
    for (const { name, script } of after) {
      step = `the migration ${name}`;
      if (name === after[0]?.name) say("Bringing the database up to date…");
      await client.query(script);
      await client.query(RECORD_MIGRATION, [randomUUID(), checksumOf(script), name]);
    }
    const restored = {
      ...(await report(client)),
      takenAt: new Date(header.takenAt),
      rows,
      violations,
    };
    await client.query("COMMIT");
    await client.query("ANALYZE");
    await migrate(url);
    return restored;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    throw new BackupError(
      `The backup does not fit into the database (${step}: ${error.message}): nothing was changed. Use another backup, or the version of Evenhour that made this one (${header.version}).`,
      { cause: error },
    );
  } finally {
    // An open transaction is rolled back.
    await client.end();
  }
}

type Script = { name: string; script: string };

/** The migrations that were applied when the backup was taken, and those since. */
async function scriptsFor(
  { migrations, version }: Header,
  path: string,
): Promise<{ before: Script[]; after: Script[] }> {
  const scripts = await readMigrations();
  const known = new Set(scripts.map(({ name }) => name));
  if (migrations.some((name) => !known.has(name))) {
    throw new BackupError(
      `The backup was made by Evenhour ${version}, which is newer than this one: bring Evenhour up to date first.`,
    );
  }
  const isInOrder = migrations.every(
    (name, place) => place === 0 || name > (migrations[place - 1] ?? ""),
  );
  if (!isInOrder || migrations[0] !== scripts[0]?.name) {
    throw new BackupError(
      `${path} names its migrations in an order that no version of Evenhour had: nothing was changed. Use another backup.`,
    );
  }
  const applied = new Set(migrations);
  return {
    before: scripts.filter(({ name }) => applied.has(name)),
    after: scripts.filter(({ name }) => !applied.has(name)),
  };
}

/** As Prisma's schema engine records an applied migration. */
const RECORD_MIGRATION = `
  INSERT INTO public._prisma_migrations
    (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
  VALUES ($1, $2, now(), $3, now(), 1)`;

/** As Prisma's schema engine creates it. */
const MIGRATIONS_TABLE = `
  CREATE TABLE public._prisma_migrations (
    id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz,
    migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;

/**
 * All objects of the public schema that belong to no extension, in an order in which CASCADE drops none before its
 * turn: functions return rows of tables, so they come before tables.
 */
const objects = `
  SELECT 0 AS turn, relname::text AS name, format('DROP VIEW %s CASCADE', oid::regclass) AS drop
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'
      AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
  UNION ALL
  SELECT 2, relname, format('DROP TABLE %s CASCADE', oid::regclass)
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'f', 'm')
      AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
  UNION ALL
  SELECT 1, proname, format('DROP ROUTINE %s CASCADE', oid::regprocedure)
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
  UNION ALL
  SELECT 3, typname, format('DROP TYPE %s CASCADE', oid::regtype)
    FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
      AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_type.oid AND deptype = 'e')
  ORDER BY turn`;

type DatabaseObject = { name: string; drop: string };

/** @throws BackupError unless the database has only our objects, no other connections, and is empty or replaceable */
async function requireReplaceable(client: Client, isReplacing: boolean): Promise<void> {
  const scripts = await readMigrations();
  const created = scripts.flatMap(({ script }) =>
    [
      ...script.matchAll(
        /CREATE (?:OR REPLACE )?(?:TABLE|VIEW|FUNCTION|TYPE) "?(\w+)|RENAME TO (\w+);/g,
      ),
    ].map(([, name, newName]) => name ?? newName),
  );
  const ours = new Set([...created, "_prisma_migrations"]);
  const { rows } = await client.query<DatabaseObject>(objects);
  const foreign = rows.find(({ name }) => !ours.has(name));
  // A downgrade from a newer version, whose tables this version does not know.
  const isFromNewer = isReplacing && (await isNewer(client, scripts));
  if (foreign && !isFromNewer) {
    throw new BackupError(
      `The database holds "${foreign.name}", which is not Evenhour's: give Evenhour a database of its own.`,
    );
  }
  const others = await client.query(
    `SELECT FROM pg_stat_activity WHERE datname = current_database() AND usename IS NOT NULL
       AND pid <> pg_backend_pid() AND leader_pid IS NULL`,
  );
  if (others.rowCount) {
    throw new BackupError(
      `Somebody else is connected to the database (${others.rowCount} connections): stop Evenhour, and whatever else uses it, then restore.`,
    );
  }
  if (isReplacing || !rows.some(({ name }) => name === "community")) return;
  const { rows: contents } = await client.query<{ names: string[]; users: number }>(
    `SELECT ARRAY(SELECT name FROM community ORDER BY created_at LIMIT 3) AS names,
       (SELECT count(*) FROM "user")::int AS users`,
  );
  const [{ names, users } = { names: [], users: 0 }] = contents;
  if (names.length === 0 && users === 0) return;
  throw new BackupError(
    `The database is not empty (${[...names, `${users} people`].join(", ")}): to throw all of that away and put the backup in its place, add --replace.`,
  );
}

async function isNewer(client: Client, scripts: Script[]): Promise<boolean> {
  const { rows } = await client.query<{ exists: boolean }>(
    "SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS exists",
  );
  if (!rows[0]?.exists) return false;
  const { rowCount } = await client.query(
    `SELECT FROM public._prisma_migrations WHERE migration_name <> ALL ($1)
       AND EXISTS (SELECT FROM public._prisma_migrations WHERE migration_name = $2)`,
    [scripts.map(({ name }) => name), scripts[0]?.name],
  );
  return Boolean(rowCount);
}

async function empty(client: Client): Promise<void> {
  const { rows } = await client.query<DatabaseObject>(objects);
  for (const { drop } of rows) await client.query(drop);
  await client.query("DELETE FROM graphile_worker._private_jobs");
}

/** Fills one table. @returns the sum of its rows in the database */
async function load(client: Client, table: Table, chunks: AsyncIterable<Buffer>): Promise<Sum> {
  // Backups of older versions contain tables that are now excluded: read their rows, but do not restore them.
  if (table.isExcluded) {
    const sum = makeSum();
    for await (const chunk of chunks) sum.add(chunk);
    return sum.result();
  }
  await (table.name === QUEUE
    ? fillQueue(client, chunks)
    : fill(client, table.name, table.columns, chunks));
  return sumOf(client, table);
}

async function fill(
  client: Client,
  name: string,
  columns: string[],
  chunks: AsyncIterable<Buffer>,
): Promise<void> {
  const quoted = columns.map((column) => `"${column}"`);
  await pipeline(chunks, client.query(from(`COPY public."${name}" (${quoted}) FROM STDIN`)));
}

/** Enqueues the jobs as the application does. */
async function fillQueue(client: Client, chunks: AsyncIterable<Buffer>): Promise<void> {
  await client.query(
    "CREATE TEMP TABLE waiting (key text, task text, payload jsonb, run_at timestamptz) ON COMMIT DROP",
  );
  await pipeline(chunks, client.query(from("COPY waiting FROM STDIN")));
  await client.query("SELECT enqueue_job(task, payload, run_at, key) FROM waiting");
}

type Progress = Pick<Restored, "communities" | "members" | "exchanges" | "transfers">;

async function report(client: Client): Promise<Progress> {
  const { rows } = await client.query<Progress>(
    `SELECT ARRAY(SELECT name FROM community ORDER BY created_at) AS communities,
       (SELECT count(*)::int FROM member) AS members,
       (SELECT count(*)::int FROM exchange) AS exchanges,
       (SELECT count(*)::int FROM transfer) AS transfers`,
  );
  return rows[0] ?? { communities: [], members: 0, exchanges: 0, transfers: 0 };
}
