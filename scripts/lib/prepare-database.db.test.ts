/** What `npm start` does to a database before anybody is let in. */
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
const made: string[] = [];

async function asking(url: string, question: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(question);
  } finally {
    await client.end();
  }
}
const onServer = (statement: string) => asking(databaseAt(ownerUrl(), "postgres"), statement);

async function oldDatabase(): Promise<string> {
  const name = `${new URL(ownerUrl()).pathname.slice(1)}_${randomBytes(4).toString("hex")}`;
  await onServer(`CREATE DATABASE ${name}`);
  made.push(name);
  const url = databaseAt(ownerUrl(), name);
  await makeOldDatabase(url);
  return url;
}
const prepare = async (url: string) => {
  const said: string[] = [];
  await prepareDatabase(url, (line) => said.push(line));
  return said;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "evenhour-prepare-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  for (const name of made) await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
});

describe("a database of an older version", () => {
  it("is backed up before it is brought up to date, and the start says where the backup is", async () => {
    Object.assign(env(), { EVENHOUR_BACKUP_DIR: join(folder, "said") });
    const [, told = "", ...rest] = await prepare(await oldDatabase());
    const path = /^The backup from before the upgrade is (.+)\.$/.exec(told)?.[1] ?? "";
    expect(path).toMatch(/before-upgrade-\d{4}-\d{2}-\d{2}-to-.+\.evenhour\.gz$/);
    expect([basename(path)]).toEqual(await readdir(join(folder, "said")));
    expect(rest).toEqual([expect.stringMatching(/^Database brought up to date \(\d+ steps\)/)]);
  });

  it("whose upgrade fails is refused with the place of that backup", async () => {
    Object.assign(env(), { EVENHOUR_BACKUP_DIR: join(folder, "failed") });
    const url = await oldDatabase();
    // The table that this step makes is there already.
    await asking(url, "DELETE FROM _prisma_migrations WHERE migration_name = '0012_email_change'");
    const refusal = await prepare(url).catch((error: unknown) => String(error));
    const [backup = ""] = await readdir(join(folder, "failed"));
    expect(refusal).toMatch(/restore the backup that was taken before the upgrade/);
    expect(refusal).toContain(`It is ${join(folder, "failed", backup)}.`);
  });
});

describe("the running application", () => {
  it("has a login by which it never becomes the owner, unless the operator names another", async () => {
    Object.assign(env(), { APP_DATABASE_URL: undefined });
    expect(await prepare(ownerUrl())).toEqual([]);
    const { rows } = await owner().query<{ name: string }>("SELECT current_user AS name");
    const ownerName = rows[0]?.name ?? "";
    await expect(db.$executeRawUnsafe(`SET ROLE "${ownerName}"`)).rejects.toThrow(/denied/);
    const [, found] = await db.$transaction([
      db.$executeRaw`RESET ROLE`,
      db.$queryRaw`SELECT session_user = ${ownerName} OR current_user = ${ownerName} AS "isOwner"`,
    ]);
    expect(found).toEqual([{ isOwner: false }]);
  });
});
