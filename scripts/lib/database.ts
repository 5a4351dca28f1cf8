/** Whether a database that we did not start ourselves will do; each failure is one sentence. */
import { Client } from "pg";
import { UserFacingError } from "./user-facing-error";

/** The oldest PostgreSQL that the books are tested on. */
const OLDEST = 15;

const questions = `
  SELECT current_user AS "user", current_database() AS "database",
    current_setting('server_version_num')::int / 10000 AS "major",
    has_database_privilege(current_database(), 'CREATE') AS "mayCreateSchemas",
    has_schema_privilege('public', 'CREATE') AS "mayCreateTables",
    (SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user) AS "mayCreateRoles",
    EXISTS (SELECT FROM pg_roles WHERE rolname = 'evenhour_app') AS "hasRole",
    coalesce((SELECT pg_has_role(current_user, oid, 'MEMBER') FROM pg_roles
      WHERE rolname = 'evenhour_app'), false) AS "mayTakeRole"`;

type Answers = Record<"user" | "database", string> & { major: number } & Record<
    "mayCreateSchemas" | "mayCreateTables" | "mayCreateRoles" | "hasRole" | "mayTakeRole",
    boolean
  >;

/** @throws Refusal when DATABASE_URL is unreachable, too old, or not the owner's address */
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
    const { rows } = await client.query<Answers>(questions);
    const [answers] = rows;
    if (answers) requireRights(host, answers);
  } finally {
    await client.end();
  }
}

function requireRights(host: string, answers: Answers): void {
  const { user, database, major } = answers;
  if (major < OLDEST) {
    throw new UserFacingError(
      `The database at ${host} (DATABASE_URL) is PostgreSQL ${major}: Evenhour needs ${OLDEST} or newer.`,
    );
  }
  if (!answers.mayCreateSchemas || !answers.mayCreateTables) {
    throw new UserFacingError(
      `The user "${user}" of DATABASE_URL may not create tables in "${database}": make it the owner with ALTER DATABASE "${database}" OWNER TO "${user}".`,
    );
  }
  if (!answers.hasRole && !answers.mayCreateRoles) {
    throw new UserFacingError(
      `The user "${user}" of DATABASE_URL may not create the role evenhour_app: as a superuser, run CREATE ROLE evenhour_app NOLOGIN; GRANT evenhour_app TO "${user}".`,
    );
  }
  if (answers.hasRole && !answers.mayTakeRole && !answers.mayCreateRoles) {
    throw new UserFacingError(
      `The user "${user}" of DATABASE_URL may not use the role evenhour_app: as a superuser, run GRANT evenhour_app TO "${user}".`,
    );
  }
}

/** Node gathers the failures for each address of a name in an error without a message. */
function reasonOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? error.errors : [error];
  return first instanceof Error && first.message ? first.message : "no answer";
}
