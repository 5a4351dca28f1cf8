/** Gives each file of database tests its own copy of the migrated database, which is dropped afterwards. */
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, inject } from "vitest";
import { setAppDatabaseUrl } from "../../env";
import { databaseAt, TEST_SECRET } from "./urls";

const templateUrl = inject("templateUrl");
const template = new URL(templateUrl).pathname.slice(1);
// A caller of Vitest's API may make the copy, and drops it too.
const copy = inject("copy");
const name = copy ?? `${template}_${randomBytes(6).toString("hex")}`;
const url = databaseAt(templateUrl, name);

if (!copy) await onServer(`CREATE DATABASE ${name} TEMPLATE ${template}`);
// env(), and with it `db` of server/platform/db/client.ts, reads these again for each file.
const login = Object.assign(new URL(url), inject("login"));
Object.assign(process.env, { DATABASE_URL: url, AUTH_SECRET: TEST_SECRET });
setAppDatabaseUrl(login.href);

afterAll(async () => {
  const { disconnect } = await import("../client");
  const { endPools } = await import("./pools");
  await Promise.all([disconnect(), endPools()]);
  if (!copy) await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
});

/** Connects to another database, since PostgreSQL copies a template only while nothing is connected to it. */
async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: databaseAt(templateUrl, "postgres") });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
