/**
 * The application's own way into the database: a login that has the rights of `evenhour_app` and
 * no others, and cannot become the owner. Connections of the owner that step down to that role can
 * step back up by one statement; these cannot.
 */
import { createHmac } from "node:crypto";
import { Client } from "pg";

/** Derived, so that instances with the same secret share one login, and nothing more is kept. */
const derive = (secret: string, what: string): string =>
  createHmac("sha256", secret).update(`database login: ${what}`).digest("hex");

/**
 * Makes the login where it is missing, once the database is migrated.
 * @param ownerUrl the owner's address
 * @param secret the installation's AUTH_SECRET
 * @returns the login's address
 * @throws when the owner may not create roles, or the server does not let the login in
 */
export async function provideAppLogin(ownerUrl: string, secret: string): Promise<string> {
  const name = `evenhour_login_${derive(secret, "name").slice(0, 12)}`;
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
  await requireWayIn(url.href);
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
        -- Another instance made it in the same moment.
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

async function requireWayIn(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("SELECT FROM community LIMIT 1");
  } finally {
    await client.end();
  }
}
