/** Checks the database of DATABASE_URL. */
import { Client } from "pg";
import { UserFacingError } from "./user-facing-error";

/** The oldest major version of PostgreSQL on which the books are tested. */
const MIN_VERSION = 15;

const rightsQuery = `
  SELECT current_user AS "user", current_database() AS "database",
    current_setting('server_version_num')::int / 10000 AS "major",
    has_database_privilege(current_database(), 'CREATE') AS "mayCreateSchemas",
    has_schema_privilege('public', 'CREATE') AS "mayCreateTables",
    (SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user) AS "mayCreateRoles",
    EXISTS (SELECT FROM pg_roles WHERE rolname = 'evenhour_app') AS "hasRole",
    coalesce((SELECT pg_has_role(current_user, oid, 'MEMBER') FROM pg_roles
      WHERE rolname = 'evenhour_app'), false) AS "mayTakeRole"`;

type Rights = Record<"user" | "database", string> & { major: number } & Record<
    "mayCreateSchemas" | "mayCreateTables" | "mayCreateRoles" | "hasRole" | "mayTakeRole",
    boolean
  >;

/** @throws UserFacingError when the database is unreachable or too old, or its user lacks the owner's rights */
export async function requireUsableDatabase(url: string): Promise<void> {
  const { host } = new URL(url);
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new UserFacingError(
      `The database at ${host} (DATABASE_URL) cannot be reached: ${reasonOf(error)}.`,
    );
  }
  try {
    const { rows } = await client.query<Rights>(rightsQuery);
    const [rights] = rows;
    if (rights) requireRights(host, rights);
  } finally {
    await client.end();
  }
}

function requireRights(host: string, rights: Rights): void {
  const { user, database, major } = rights;
  if (major < MIN_VERSION) {
    throw new UserFacingError(
      `The database at ${host} (DATABASE_URL) is PostgreSQL ${major}: Evenhour needs ${MIN_VERSION} or newer.`,
    );
  }
  if (!rights.mayCreateSchemas || !rights.mayCreateTables) {
    throw new UserFacingError(
      `The user "${user}" of DATABASE_URL may not create tables in "${database}": make it the owner with ALTER DATABASE "${database}" OWNER TO "${user}".`,
    );
  }
  if (!rights.hasRole && !rights.mayCreateRoles) {
    throw new UserFacingError(
      `The user "${user}" of DATABASE_URL may not create the role evenhour_app: as a superuser, run CREATE ROLE evenhour_app NOLOGIN; GRANT evenhour_app TO "${user}".`,
    );
  }
  if (rights.hasRole && !rights.mayTakeRole && !rights.mayCreateRoles) {
    throw new UserFacingError(
      `The user "${user}" of DATABASE_URL may not use the role evenhour_app: as a superuser, run GRANT evenhour_app TO "${user}".`,
    );
  }
}

/** For a host name with several addresses, Node throws an AggregateError without a message. */
function reasonOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? error.errors : [error];
  return first instanceof Error && first.message ? first.message : "no answer";
}
