/** The database: its version, its schema, its collations, the application's login, the queue and the books. */
import { Client } from "pg";
import { appLoginName } from "../../server/platform/db/app-login";
import { pendingMigrations } from "../../server/platform/db/migrate";
import { MigrationError } from "../../server/platform/db/migration-error";
import { readQueue } from "../../server/platform/jobs/queue";
import { withoutSecrets } from "../../server/platform/log";
import { check, type Finding, plural, reasonOf, timeOf } from "./finding";
import type { Database, Installation } from "./installation";

export async function checkDatabase({ client }: Database): Promise<Finding> {
  const { ok } = check("database");
  // lib/database.ts has refused versions that are too old.
  const { rows } = await client.query<{ version: string; bytes: string }>(
    `SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
       pg_database_size(current_database()) AS bytes`,
  );
  const megabytes = Math.ceil(Number(rows[0]?.bytes) / 1e6).toLocaleString("en");
  return ok(`PostgreSQL ${rows[0]?.version}, ${megabytes} MB.`);
}

/** Whether the tables are those of this version. The other checks of the database need them. */
export async function checkSchema({ client }: Database): Promise<Finding> {
  const { ok, fault } = check("schema");
  try {
    const pending = await pendingMigrations(client);
    return pending.length === 0
      ? ok("The tables are those of this version.")
      : fault(
          `The database lacks ${plural(pending.length, "migration")} of this version: restart Evenhour, which takes a backup and upgrades it.`,
        );
  } catch (error) {
    if (error instanceof MigrationError) return fault(error.message);
    throw error;
  }
}

/** Upper and lower case and sorting use these by name, whatever the locale of the database is. */
const NEEDED_COLLATIONS = ["und-x-icu", "tr-x-icu"];

/** A version that changed since an index was built: the index may no longer be sorted as it is searched. */
const COLLATIONS = `
  SELECT 'the database' AS name, datcollversion AS built,
    pg_database_collation_actual_version(oid) AS actual
  FROM pg_database WHERE datname = current_database()
  UNION ALL
  SELECT format('%I', collname), collversion, pg_collation_actual_version(oid)
  FROM pg_collation
  WHERE collprovider <> 'd' AND (collname = ANY ($1)
    OR oid IN (SELECT unnest(indcollation::oid[]) FROM pg_index))`;

export async function checkLocale({ client }: Database): Promise<Finding> {
  const { ok, fault } = check("locale");
  const { rows } = await client.query<{ database: string; encoding: string; missing: string[] }>(
    `SELECT current_database() AS database, current_setting('server_encoding') AS encoding,
       ARRAY(SELECT name FROM unnest($1::text[]) AS name
         WHERE NOT EXISTS (SELECT FROM pg_collation WHERE collname = name)) AS missing`,
    [NEEDED_COLLATIONS],
  );
  const { database = "", encoding = "", missing = [] } = rows[0] ?? {};
  if (encoding !== "UTF8") {
    return fault(
      `The database has the encoding ${encoding}, which cannot hold every script: back up, create a database with ENCODING 'UTF8' TEMPLATE template0, and restore into it.`,
    );
  }
  if (missing.length > 0) {
    return fault(
      `This PostgreSQL lacks the collation ${missing.join(" and ")}: use one that is built with ICU, as most are.`,
    );
  }
  const { rows: collations } = await client.query<Record<"name" | "built" | "actual", string>>(
    COLLATIONS,
    [NEEDED_COLLATIONS],
  );
  const changed = collations.find(({ built, actual }) => built !== actual);
  if (changed) {
    const { name, built, actual } = changed;
    const refresh =
      name === "the database"
        ? `ALTER DATABASE "${database}" REFRESH COLLATION VERSION`
        : `ALTER COLLATION ${name} REFRESH VERSION`;
    return fault(
      `The system sorts text otherwise than when the indexes were built (collation of ${name}: ${built}, now ${actual}), so searches may miss rows: stop Evenhour, run REINDEX DATABASE "${database}" and ${refresh}.`,
    );
  }
  return ok("UTF-8, and every collation is as the indexes were built.");
}

type Role = { name: string; isPowerful: boolean; canWriteBooks: boolean; canBecomeOwner: boolean };

/** What the role in $1 may do beyond what the application needs. */
const ROLE = `
  SELECT rolname AS name, rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls AS "isPowerful",
    has_table_privilege(rolname, 'public.transfer', 'INSERT')
      OR has_table_privilege(rolname, 'public.account', 'UPDATE') AS "canWriteBooks",
    pg_has_role(rolname, (SELECT relowner FROM pg_class WHERE oid = 'public.transfer'::regclass),
      'MEMBER') AS "canBecomeOwner"
  FROM pg_roles WHERE rolname = $1`;

export async function checkLogin(
  { variables }: Installation,
  { client }: Database,
  secret: string | null,
): Promise<Finding> {
  const { ok, fault, warning, unknown } = check("login");
  const own = variables.APP_DATABASE_URL;
  if (!own && !secret) return unknown("The application's login depends on the secret.");
  const name = own ? await userOf(own) : appLoginName(secret ?? "");
  if (typeof name !== "string") {
    return fault(
      `The login of APP_DATABASE_URL cannot connect: ${reasonOf(name)}. Correct its password, or leave the variable out.`,
    );
  }
  const { rows } = await client.query<Role>(ROLE, [name]);
  const [role] = rows;
  if (!role) {
    return warning(
      "The application has no login of its own and uses the owner's: let the user of DATABASE_URL create roles and restart Evenhour, or set APP_DATABASE_URL.",
    );
  }
  if (role.isPowerful || role.canWriteBooks || role.canBecomeOwner) {
    const what = role.canBecomeOwner
      ? "can become the owner of the tables"
      : role.canWriteBooks
        ? "can write the books past their functions"
        : "may create roles or databases";
    return fault(
      `The application's login "${name}" ${what}: make it a member of evenhour_app and of no other role, and no more.`,
    );
  }
  return ok("The application's login cannot write the books nor become their owner.");
}

/** @returns the user whom a URL signs in, or the error */
async function userOf(url: string): Promise<string | Error> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>("SELECT session_user AS name");
    return rows[0]?.name ?? "";
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    await client.end().catch(() => undefined);
  }
}

export async function checkJobs(
  { isRunning }: Installation,
  { client }: Database,
): Promise<Finding> {
  const { ok, fault, warning, unknown } = check("jobs");
  const { failing, lateSince, hasWorker } = await readQueue(client);
  if (isRunning && !hasWorker) {
    return fault(
      "No worker is connected to the queue, so no e-mail, reminder or nightly backup is made: restart Evenhour.",
    );
  }
  if (isRunning && lateSince) {
    return fault(
      `Jobs wait since ${timeOf(lateSince)} although a worker is connected: restart Evenhour, and read what it printed after "[jobs]".`,
    );
  }
  if (failing.length > 0) {
    const each = failing.map(
      ({ task, jobs, error }) => `${plural(jobs, "job")} ${task} (${withoutSecrets(error)})`,
    );
    return warning(
      `Jobs failed several times lately: ${each.join(", ")}. Mend the reason; they are tried again by themselves.`,
    );
  }
  return isRunning
    ? ok("A worker runs the jobs, and none fails.")
    : unknown("Evenhour does not run, so no job is run.");
}

type Violation = { community: string; violation: string; count: number };

export async function checkBooks({ client }: Database): Promise<Finding> {
  const { ok, fault } = check("books");
  const { rows } = await client.query<Violation>(
    `SELECT coalesce(slug, 'no community') AS community, violation, count(*)::int AS count
     FROM check_books() AS found LEFT JOIN community ON community.id = found.community_id
     GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
  );
  const sum = rows.reduce((total, { count }) => total + count, 0);
  if (sum === 0) {
    const { rows: counted } = await client.query<{ communities: number; transfers: string }>(
      `SELECT (SELECT count(*)::int FROM community) AS communities,
         (SELECT count(*) FROM transfer) AS transfers`,
    );
    const { communities = 0, transfers = "0" } = counted[0] ?? {};
    return ok(
      `The books of ${plural(communities, "community", "communities")} are right (${plural(Number(transfers), "transfer")}).`,
    );
  }
  const each = rows
    .slice(0, 3)
    .map(({ community, violation, count }) => `${community}: ${violation} (${count})`);
  return fault(
    `The books have ${plural(sum, "violation")}: ${each.join(", ")}. Somebody changed them by hand or the disk is faulty: SELECT * FROM check_books() lists them; restore the newest backup from before.`,
  );
}
