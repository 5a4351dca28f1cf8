/**
 * The application's database login. It has only the rights of the role `evenhour_app` and cannot become the
 * owner. A connection of the owner that switches to that role could switch back with one statement.
 */
import { createHmac } from "node:crypto";
import { Client } from "pg";

/** Derived, so that instances with the same secret share one login and no further secret is stored. */
const derive = (secret: string, what: string): string =>
  createHmac("sha256", secret).update(`database login: ${what}`).digest("hex");

/** The name of the login that `provideAppLogin` creates with the installation's AUTH_SECRET. */
export const appLoginName = (secret: string): string =>
  `evenhour_login_${derive(secret, "name").slice(0, 12)}`;

/**
 * Creates the login where it is missing. The database must be migrated.
 * @param ownerUrl the database URL of the owner
 * @param secret the installation's AUTH_SECRET
 * @returns the database URL of the login
 * @throws the error of PostgreSQL when the owner may not create roles, or the login cannot connect
 */
export async function provideAppLogin(ownerUrl: string, secret: string): Promise<string> {
  const name = appLoginName(secret);
  const password = derive(secret, "password");
  const owner = new Client({ connectionString: ownerUrl });
  owner.on("error", () => undefined);
  await owner.connect();
  try {
    await owner.query(loginScript(name, password));
  } finally {
    await owner.end();
  }
  const url = new URL(ownerUrl);
  Object.assign(url, { username: name, password });
  await requireConnection(url.href);
  return url.href;
}

/** Name and password are hexadecimal digits, so they need no quoting. */
const loginScript = (name: string, password: string) => `
  DO $$
  BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${name}') THEN
      BEGIN
        CREATE ROLE ${name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
          INHERIT PASSWORD '${password}';
      EXCEPTION
        -- Another instance has just created it.
        WHEN duplicate_object OR unique_violation THEN NULL;
      END;
    END IF;
    IF NOT pg_has_role('${name}', 'evenhour_app', 'USAGE') THEN
      GRANT evenhour_app TO ${name};
    END IF;
    IF NOT has_database_privilege('${name}', current_database(), 'CONNECT') THEN
      EXECUTE format('GRANT CONNECT ON DATABASE %I TO ${name}', current_database());
    END IF;
  END
  $$`;

async function requireConnection(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("SELECT FROM community LIMIT 1");
  } finally {
    await client.end();
  }
}
