/** Mutations of keys, references, checks and NOT NULLs of our tables, without graphile-worker's and Prisma's. */
import type { Client } from "pg";
import { weakenings } from "./conditions";
import type { Mutation } from "./mutation";
import { changed, tokensOf } from "./sql-text";

const OURS =
  "relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'";

export async function fromTables(client: Client): Promise<Mutation[]> {
  const lists = [await unique(client), await checks(client), await references(client)];
  return [...lists.flat(), ...(await required(client))].map((mutation) => ({
    ...mutation,
    subject: "tables",
  }));
}

type Found = Omit<Mutation, "subject">;

/**
 * Keeps the index, but not its uniqueness. Dropping a primary key would also drop the references to it,
 * and a test of those would catch the mutant.
 */
async function unique(client: Client): Promise<Found[]> {
  const { rows } = await client.query<{ name: string; table: string }>(
    `SELECT i.indexrelid::regclass::text AS name, indrelid::regclass::text AS "table"
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
     WHERE ${OURS} AND indisunique ORDER BY 1`,
  );
  return rows.map(({ name, table }) => ({
    name: `unique index ${name} of ${table} takes duplicates`,
    sql: `UPDATE pg_index SET indisunique = false WHERE indexrelid = '${name}'::regclass`,
  }));
}

async function checks(client: Client): Promise<Found[]> {
  const { rows } = await client.query<{ name: string; table: string; definition: string }>(
    `SELECT conname AS name, conrelid::regclass::text AS "table",
       pg_get_constraintdef(k.oid) AS definition
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     WHERE ${OURS} AND contype = 'c' ORDER BY 2, 1`,
  );
  return rows.flatMap(({ name, table, definition }) => {
    const drop = `ALTER TABLE ${table} DROP CONSTRAINT "${name}"`;
    const condition = tokensOf(definition).slice(1);
    return [
      { name: `constraint ${table}.${name} dropped`, sql: drop },
      ...weakenings(definition, condition, "allows").map((change) => ({
        name: `constraint ${table}.${name}: ${change.what}`,
        sql: `${drop}; ALTER TABLE ${table} ADD CONSTRAINT "${name}" ${changed(definition, change)}`,
      })),
    ];
  });
}

/** Dropped, or with a different ON DELETE rule. */
async function references(client: Client): Promise<Found[]> {
  const { rows } = await client.query<{ name: string; table: string; definition: string }>(
    `SELECT conname AS name, conrelid::regclass::text AS "table",
       pg_get_constraintdef(k.oid) AS definition
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     WHERE ${OURS} AND contype = 'f' ORDER BY 2, 1`,
  );
  return rows.flatMap(({ name, table, definition }) => {
    const drop = `ALTER TABLE ${table} DROP CONSTRAINT "${name}"`;
    const rule = /ON DELETE (RESTRICT|CASCADE|SET NULL)/.exec(definition)?.[1];
    const other = rule === "RESTRICT" ? "CASCADE" : "RESTRICT";
    const changedRule = rule
      ? definition.replace(`ON DELETE ${rule}`, `ON DELETE ${other}`)
      : `${definition} ON DELETE CASCADE`;
    return [
      { name: `reference ${table}.${name} dropped`, sql: drop },
      {
        name: `reference ${table}.${name} made ON DELETE ${other}`,
        sql: `${drop}; ALTER TABLE ${table} ADD CONSTRAINT "${name}" ${changedRule}`,
      },
    ];
  });
}

/** Skips primary keys, which imply NOT NULL. */
async function required(client: Client): Promise<Found[]> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `SELECT attrelid::regclass::text AS "table", quote_ident(attname) AS "column"
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE ${OURS} AND attnum > 0 AND NOT attisdropped AND attnotnull AND NOT EXISTS (
       SELECT FROM pg_index WHERE indrelid = a.attrelid AND indisprimary AND attnum = ANY (indkey))
     ORDER BY 1, 2`,
  );
  return rows.map(({ table, column }) => ({
    name: `column ${table}.${column} takes NULL`,
    sql: `ALTER TABLE ${table} ALTER COLUMN ${column} DROP NOT NULL`,
  }));
}
