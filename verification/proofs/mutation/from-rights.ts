/** Mutations of rights: every grant revoked, every missing one granted, owners and function security changed. */
import type { Client } from "pg";
import type { Mutation } from "./mutation";

type Found = Omit<Mutation, "subject">;

const APP = "evenhour_app";
const SCHEMAS = "('public', 'graphile_worker')";

export async function fromRights(client: Client): Promise<Mutation[]> {
  const lists = [
    await tables(client),
    await columns(client),
    await functions(client),
    await schemas(client),
    await owners(client),
    await role(client),
  ];
  return lists.flat().map((mutation) => ({ ...mutation, subject: "rights" }));
}

/** Uses the owner's default privileges, since their kinds differ between PostgreSQL versions. */
async function tables(client: Client): Promise<Found[]> {
  const { rows } = await client.query<{ name: string; privilege: string; has: boolean }>(
    `SELECT oid::regclass::text AS name, privilege_type AS privilege,
       has_table_privilege('${APP}', oid, privilege_type) AS has
     FROM pg_class, aclexplode(acldefault('r', relowner))
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm', 'p')
     ORDER BY 1, 2`,
  );
  const views = await client.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'v'`,
  );
  return [
    ...rows.map(({ name, privilege, has }) => toggle(privilege, name, has)),
    ...[...new Set(rows.map(({ name }) => name))].map((name) => ({
      name: `grant SELECT on ${name} to PUBLIC`,
      sql: `GRANT SELECT ON ${name} TO PUBLIC`,
    })),
    ...views.rows.map(({ name }) => ({
      name: `view ${name} reads with its owner's rights`,
      sql: `ALTER VIEW ${name} RESET (security_invoker)`,
    })),
  ];
}

const toggle = (privilege: string, on: string, has: boolean): Found =>
  has
    ? {
        name: `grant ${privilege} on ${on} taken from ${APP}`,
        sql: `REVOKE ${privilege} ON ${on} FROM ${APP}`,
      }
    : {
        name: `grant ${privilege} on ${on} to ${APP}`,
        sql: `GRANT ${privilege} ON ${on} TO ${APP}`,
      };

/** Columns of the ledger's tables, which the application may only read. */
async function columns(client: Client): Promise<Found[]> {
  const { rows } = await client.query<{ table: string; column: string; privilege: string }>(
    `SELECT attrelid::regclass::text AS "table", attname AS "column", privilege
     FROM pg_attribute, unnest(ARRAY['INSERT', 'UPDATE']) AS privilege
     WHERE attrelid IN ('account'::regclass, 'transfer'::regclass, 'hold'::regclass)
       AND attnum > 0 AND NOT attisdropped
       AND NOT has_column_privilege('${APP}', attrelid, attnum, privilege)
     ORDER BY 1, attnum, 3`,
  );
  return rows.map(({ table, column, privilege }) =>
    toggle(`${privilege} (${column})`, table, false),
  );
}

async function functions(client: Client): Promise<Found[]> {
  const { rows } = await client.query<{ name: string; of: string; has: boolean }>(
    `SELECT proname AS name, oid::regprocedure::text AS of,
       has_function_privilege('${APP}', oid, 'EXECUTE') AS has
     FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1`,
  );
  return rows.flatMap(({ name, of, has }) => [
    toggle("EXECUTE", `FUNCTION ${of}`, has),
    {
      name: `function ${name} may be called by PUBLIC`,
      sql: `GRANT EXECUTE ON FUNCTION ${of} TO PUBLIC`,
    },
    {
      name: `function ${name} made SECURITY INVOKER`,
      sql: `ALTER FUNCTION ${of} SECURITY INVOKER`,
    },
    {
      name: `function ${name} without search_path`,
      sql: `ALTER FUNCTION ${of} RESET search_path`,
    },
    {
      name: `function ${name} looks into pg_temp first`,
      sql: `ALTER FUNCTION ${of} SET search_path = pg_temp, pg_catalog, public`,
    },
    {
      // pg_temp is searched first unless the path names it.
      name: `function ${name} does not name pg_temp`,
      sql: `ALTER FUNCTION ${of} SET search_path = pg_catalog, public`,
    },
  ]);
}

async function schemas(client: Client): Promise<Found[]> {
  const { rows } = await client.query<{ name: string; privilege: string; has: boolean }>(
    `SELECT nspname AS name, privilege_type AS privilege,
       has_schema_privilege('${APP}', oid, privilege_type) AS has
     FROM pg_namespace, aclexplode(acldefault('n', nspowner))
     WHERE nspname IN ${SCHEMAS} ORDER BY 1, 2`,
  );
  return rows.flatMap(({ name, privilege, has }) => [
    toggle(privilege, `SCHEMA ${name}`, has),
    {
      name: `grant ${privilege} on SCHEMA ${name} to PUBLIC`,
      sql: `GRANT ${privilege} ON SCHEMA ${name} TO PUBLIC`,
    },
  ]);
}

async function owners(client: Client): Promise<Found[]> {
  const { rows } = await client.query<{ what: string }>(
    `SELECT CASE relkind WHEN 'v' THEN 'VIEW ' ELSE 'TABLE ' END || oid::regclass AS what
     FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')
     UNION ALL SELECT 'FUNCTION ' || oid::regprocedure FROM pg_proc
     WHERE pronamespace = 'public'::regnamespace
     UNION ALL SELECT 'TYPE ' || oid::regtype FROM pg_type
     WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'
     UNION ALL SELECT 'SCHEMA ' || nspname FROM pg_namespace WHERE nspname IN ${SCHEMAS}
     ORDER BY 1`,
  );
  return rows.map(({ what }) => ({
    name: `${what} owned by ${APP}`,
    sql: `ALTER ${what} OWNER TO ${APP}`,
  }));
}

/**
 * The role belongs to the whole server. Whether it may log in is the operator's choice (with a separate
 * APP_DATABASE_URL), and pg_database_owner accepts no members.
 */
async function role(client: Client): Promise<Found[]> {
  const { rows: groups } = await client.query<{ name: string }>(
    `SELECT rolname AS name FROM pg_roles
     WHERE rolname NOT IN ('${APP}', 'pg_database_owner')
       AND NOT pg_has_role('${APP}', oid, 'MEMBER')
       AND NOT pg_has_role(rolname, '${APP}', 'MEMBER') ORDER BY 1`,
  );
  const flags = ["SUPERUSER", "CREATEDB", "CREATEROLE", "REPLICATION", "BYPASSRLS"];
  return [
    ...flags.map((flag) => ({
      name: `role ${APP} made ${flag}`,
      sql: `ALTER ROLE ${APP} ${flag}`,
      undo: `ALTER ROLE ${APP} NO${flag}`,
    })),
    ...groups.map(({ name }) => ({
      name: `role ${APP} made a member of ${name}`,
      sql: `GRANT ${name} TO ${APP}`,
      undo: `REVOKE ${name} FROM ${APP}`,
    })),
  ];
}
