/** Which tables a backup holds, and in which order their rows: read from the catalogue. */
import type { Client } from "pg";
import { to } from "pg-copy-streams";
import { type Sum, summing } from "./file";

/**
 * What opens doors stays out, so that a backup is no key: after a restore everybody signs in anew.
 * Counters of rates are of the day, and who came in from which network of the month.
 */
const LEFT_OUT = [
  "rate_limit",
  "session",
  "sign_in_link",
  "email_change",
  "known_device",
  "mail_token",
  "member_join",
];

/** Jobs that wait travel under this name; a table of ours cannot have it. */
export const QUEUE = "queue";

export type Table = {
  name: string;
  /** Whether backups leave it out; one of an older version may hold it. */
  isLeftOut: boolean;
  columns: string[];
  /** A SELECT of the rows, ordered by the primary key. */
  select: string;
};

/** Text of a row must not depend on the server or the role; nor may a limit cut a long copy off. */
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

type Found = { name: string; columns: string[]; key: string[]; parents: string[] };

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** @returns parents before children, and the queue last; also those that are left out */
export async function tablesOf(client: Client): Promise<Table[]> {
  const { rows } = await client.query<Found>(catalogue);
  const left = new Map(rows.map((row) => [row.name, row]));
  const sorted: Table[] = [];
  while (left.size > 0) {
    const next = [...left.values()].find(({ parents }) =>
      parents.every((parent) => !left.has(parent.replaceAll('"', ""))),
    );
    if (!next) throw new Error(`Tables refer to each other in a circle: ${[...left.keys()]}`);
    left.delete(next.name);
    const { name, columns, key } = next;
    const select = `SELECT ${columns.map(quoted)} FROM public.${quoted(name)} ORDER BY ${key}`;
    sorted.push({ name, isLeftOut: LEFT_OUT.includes(name), columns, select });
  }
  return [...sorted, queue];
}

/** Not derived from what is due: a mail that was given up, or had no server to go to, stays so. */
const queue: Table = {
  name: QUEUE,
  isLeftOut: false,
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

/** How many rows a table has, and the SHA-256 of their text. */
export async function sumOf(client: Client, table: Table): Promise<Sum> {
  const counted = summing();
  for await (const chunk of rowsOf(client, table)) counted.add(chunk);
  return counted.sum();
}
