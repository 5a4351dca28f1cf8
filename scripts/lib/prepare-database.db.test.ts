/** What `npm start` does to a database before it accepts requests. */
import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeOldDatabase } from "../../server/backup/testing/version-0.1.0";
import { db } from "../../server/platform/db/client";
import { owner, ownerUrl } from "../../server/platform/db/testing/pools";
import { databaseAt } from "../../server/platform/db/testing/urls";
import { env } from "../../server/platform/env";
import { prepareDatabase } from "./prepare-database";

let folder = "";
const databases: string[] = [];

async function queryOn(url: string, sql: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
const onServer = (statement: string) => queryOn(databaseAt(ownerUrl(), "postgres"), statement);

async function oldDatabase(): Promise<string> {
  const name = `${new URL(ownerUrl()).pathname.slice(1)}_${randomBytes(4).toString("hex")}`;
  await onServer(`CREATE DATABASE ${name}`);
  databases.push(name);
  const url = databaseAt(ownerUrl(), name);
  await makeOldDatabase(url);
  return url;
}
const prepare = async (url: string) => {
  const lines: string[] = [];
  await prepareDatabase(url, (line) => lines.push(line));
  return lines;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "evenhour-prepare-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  for (const name of databases) await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
});

describe("prepareDatabase with a database of an older version", () => {
  it("backs it up, reports the path of the backup, and upgrades it", async () => {
    Object.assign(env(), { EVENHOUR_BACKUP_DIR: join(folder, "upgraded") });
    const [, line = "", ...rest] = await prepare(await oldDatabase());
    const path = /^The backup from before the upgrade is (.+)\.$/.exec(line)?.[1] ?? "";
    expect(path).toMatch(/before-upgrade-\d{4}-\d{2}-\d{2}-to-.+\.evenhour\.gz$/);
    expect([basename(path)]).toEqual(await readdir(join(folder, "upgraded")));
    expect(rest).toEqual([expect.stringMatching(/^Database brought up to date \(\d+ steps\)/)]);
  });

  it("names the path of the backup when the upgrade fails", async () => {
    Object.assign(env(), { EVENHOUR_BACKUP_DIR: join(folder, "failed") });
    const url = await oldDatabase();
    // The table that this migration creates exists already.
    await queryOn(url, "DELETE FROM _prisma_migrations WHERE migration_name = '0012_email_change'");
    const refusal = await prepare(url).catch((error: unknown) => String(error));
    const [backup = ""] = await readdir(join(folder, "failed"));
    expect(refusal).toMatch(/restore the backup that was taken before the upgrade/);
    expect(refusal).toContain(`It is ${join(folder, "failed", backup)}.`);
  });
});

describe("prepareDatabase", () => {
  it("gives the application a login that cannot become the owner", async () => {
    Object.assign(env(), { APP_DATABASE_URL: undefined });
    expect(await prepare(ownerUrl())).toEqual([]);
    const { rows } = await owner().query<{ name: string }>("SELECT current_user AS name");
    const ownerName = rows[0]?.name ?? "";
    await expect(db.$executeRawUnsafe(`SET ROLE "${ownerName}"`)).rejects.toThrow(/denied/);
    const [, rolesAfterReset] = await db.$transaction([
      db.$executeRaw`RESET ROLE`,
      db.$queryRaw`SELECT session_user = ${ownerName} OR current_user = ${ownerName} AS "isOwner"`,
    ]);
    expect(rolesAfterReset).toEqual([{ isOwner: false }]);
  });
});
