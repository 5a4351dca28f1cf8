/** The tables of a backup and the order of their rows, read from PostgreSQL's catalogue. */
import type { Client } from "pg";
import { to } from "pg-copy-streams";
import { makeSum, type Sum } from "./file";

/**
 * A backup contains no credentials that sign a user in without a password: after a restore all users sign in
 * again. Rate limits and the network addresses of joins are short-lived.
 */
const EXCLUDED = [
  "rate_limit",
  "session",
  "sign_in_link",
  "email_change",
  "known_device",
  "mail_token",
  "push_subscription",
  "push",
  "member_join",
];

/** The name of the pending jobs in a backup; no table has it. */
export const QUEUE = "queue";

export type Table = {
  name: string;
  /** Whether backups exclude it; a backup of an older version may contain it. */
  isExcluded: boolean;
  columns: string[];
  /** A SELECT of the rows, ordered by the primary key. */
  select: string;
};

/** The text of a row must not depend on the server or the role, and no timeout may end a long copy. */
export const SETTINGS = `
  SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres';
  SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL client_encoding = 'UTF8';
  SET LOCAL search_path = public, pg_temp;
  SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0`;

const catalogue = `
  SELECT class.relname AS name,
    ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = class.oid AND attnum > 0
      AND NOT attisdropped AND attgenerated = '' ORDER BY attnum) AS columns,
    ARRAY(SELECT format(CASE WHEN typcollation <> 0 THEN '%I COLLATE "C"' ELSE '%I' END, attname)
      FROM pg_index, unnest(indkey::int[]) WITH ORDINALITY AS key (attnum, place)
        JOIN pg_attribute USING (attnum) JOIN pg_type ON pg_type.oid = atttypid
      WHERE indrelid = class.oid AND indisprimary AND attrelid = class.oid ORDER BY place) AS key,
    ARRAY(SELECT confrelid::regclass::text FROM pg_constraint
      WHERE conrelid = class.oid AND contype = 'f' AND confrelid <> class.oid) AS parents
  FROM pg_class AS class
  WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = class.oid AND deptype = 'e')
  ORDER BY relname`;

type CatalogueRow = { name: string; columns: string[]; key: string[]; parents: string[] };

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** @returns all tables, parents before children and the queue last, including the excluded ones */
export async function tablesOf(client: Client): Promise<Table[]> {
  const { rows } = await client.query<CatalogueRow>(catalogue);
  const remaining = new Map(rows.map((row) => [row.name, row]));
  const sorted: Table[] = [];
  while (remaining.size > 0) {
    const next = [...remaining.values()].find(({ parents }) =>
      parents.every((parent) => !remaining.has(parent.replaceAll('"', ""))),
    );
    if (!next) throw new Error(`Tables refer to each other in a cycle: ${[...remaining.keys()]}`);
    remaining.delete(next.name);
    const { name, columns, key } = next;
    const select = `SELECT ${columns.map(quoted)} FROM public.${quoted(name)} ORDER BY ${key}`;
    sorted.push({ name, isExcluded: EXCLUDED.includes(name), columns, select });
  }
  return [...sorted, queue];
}

/** Stored, since jobs cannot be derived from the tables: an e-mail whose job was given up has none. */
const queue: Table = {
  name: QUEUE,
  isExcluded: false,
  columns: ["key", "task", "payload", "run_at"],
  select: `
    SELECT key, identifier, payload::jsonb, run_at
    FROM graphile_worker._private_jobs AS job
      JOIN graphile_worker._private_tasks AS task ON task.id = job.task_id
    WHERE key IS NOT NULL AND attempts < max_attempts AND identifier IN ('exchange-due', 'send-mail')
    ORDER BY key COLLATE "C"`,
};

export const rowsOf = (client: Client, { select }: Table): AsyncIterable<Buffer> =>
  client.query(to(`COPY (${select}) TO STDOUT`));

/** The number of rows of a table and the SHA-256 of their text. */
export async function sumOf(client: Client, table: Table): Promise<Sum> {
  const sum = makeSum();
  for await (const chunk of rowsOf(client, table)) sum.add(chunk);
  return sum.result();
}
