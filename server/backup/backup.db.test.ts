/** Backups, damaged backups, and restores into empty, foreign, older and newer databases. */
import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { runMigrations } from "graphile-worker";
import { Client } from "pg";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { warningsOf } from "../community/maintenance";
import { transaction } from "../platform/db/client";
import { migrate, readMigrations } from "../platform/db/migrate";
import {
  A,
  at,
  B,
  hold,
  makeBooks,
  makeExchange,
  post,
  reverse,
} from "../platform/db/testing/books";
import { owner, ownerUrl } from "../platform/db/testing/pools";
import { databaseAt } from "../platform/db/testing/urls";
import { env } from "../platform/env";
import { enqueueJob } from "../platform/jobs/job";
import { makeCommunity, procedures } from "../testing/people";
import { type Sum, writeBackup } from "./file";
import { nightlyBackup } from "./nightly";
import { readNightly } from "./nightly-state";
import { restoreBackup } from "./restore";
import { takeBackup } from "./take";

let folder = "";
let file = "";
let sums = new Map<string, Sum>();
/** Every byte value, including backslashes and line ends, and random bytes. */
const bytes = Buffer.concat([
  Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  randomBytes(70_000),
]);
const databases: string[] = [];

async function queryOn<Row extends object>(url: string, sql: string, values: unknown[] = []) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
const onServer = (statement: string) => queryOn(databaseAt(ownerUrl(), "postgres"), statement);

async function newDatabase(ownedBy = ""): Promise<string> {
  const name = `${new URL(ownerUrl()).pathname.slice(1)}_${randomBytes(4).toString("hex")}`;
  await onServer(`CREATE DATABASE ${name} ${ownedBy && `OWNER ${ownedBy}`}`);
  databases.push(name);
  return databaseAt(ownerUrl(), name);
}

const restore = (url: string, path = file, isReplacing = false) =>
  restoreBackup({ url, path, isReplacing });
const backupAgain = async (url: string) => {
  const again = await takeBackup(
    url,
    join(folder, `${randomBytes(4).toString("hex")}.gz`),
    new Date(),
  );
  return again.sums;
};
const communities = (url: string) =>
  queryOn<{ id: string }>(url, "SELECT id FROM community ORDER BY id");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "evenhour-backup-"));
  const books = await makeBooks();
  // Characters that COPY escapes, and names that other locales sort differently.
  const odd = "tab\t newline\n backslash\\. \\N é 🌻 «» Zz";
  await owner().query(`UPDATE community SET about = $1 WHERE id = $2`, [odd, books.community]);
  for (const email of ["Äpfel@x.org", "a_b@x.org", "ab@x.org", "a-c@x.org", "\\.@x.org"]) {
    await owner().query(
      `INSERT INTO "user" (id, email, name, created_at) VALUES ($1, $2, $3, now())`,
      [v7(), email, odd],
    );
  }
  await owner().query(
    `INSERT INTO identity (issuer, subject, user_id)
     SELECT 'https://x.org', lower(email), id FROM "user"`,
  );
  await owner().query(
    `INSERT INTO session (id, user_id, user_agent, created_at, last_seen_at, expires_at)
     SELECT id, id, '', now(), now(), now() FROM "user" LIMIT 1`,
  );
  const [giver, receiver] = [at(books, B), at(books, A)];
  const settled = await makeExchange(books, giver, receiver);
  await post(books, {
    id: settled,
    debit: receiver,
    credit: giver,
    minutes: 60,
    exchange: settled,
  });
  await owner().query(`INSERT INTO thanks VALUES ($1, $2, $3, $4, $5, now(), now())`, [
    books.community,
    settled,
    receiver,
    giver,
    odd,
  ]);
  const photo = v7();
  await owner().query(
    `INSERT INTO photo VALUES ($1, $2, $3, 'image/webp', $4, $5, 1280, 960, '', now())`,
    [books.community, photo, giver, bytes, bytes.subarray(0, 500)],
  );
  await owner().query("UPDATE member SET photo_id = $2 WHERE community_id = $1 AND id = $3", [
    books.community,
    photo,
    giver,
  ]);
  const undone = v7();
  await post(books, { id: undone, debit: receiver, credit: giver, minutes: 30 });
  await reverse(books, v7(), undone);
  const agreed = await makeExchange(books, giver, receiver);
  await hold(books, agreed, receiver, giver, 45);
  await transaction((tx) =>
    enqueueJob(tx, {
      task: "exchange-due",
      payload: { communityId: books.community, exchangeId: agreed },
      runAt: new Date("2027-03-28T01:30:00.000Z"),
      key: `exchange:${books.community}:${agreed}`,
    }),
  );
  file = join(folder, "whole.gz");
  ({ sums } = await takeBackup(ownerUrl(), file, new Date()));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  for (const name of databases) await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
});

describe("restoreBackup", () => {
  it("restores the same rows, jobs and rights into an empty database", async () => {
    const url = await newDatabase();
    const restored = await restore(url);
    expect(restored).toMatchObject({ members: 4, exchanges: 3, transfers: 3, violations: 0 });
    expect(await backupAgain(url)).toEqual(sums);
    const [photo] = await queryOn<{ bytes: Buffer; square: Buffer }>(
      url,
      "SELECT bytes, square FROM photo JOIN member ON photo_id = photo.id",
    );
    expect(photo).toEqual({ bytes, square: bytes.subarray(0, 500) });
    const [job] = await queryOn<{ run_at: Date }>(url, "SELECT run_at FROM graphile_worker.jobs");
    expect(job?.run_at).toEqual(new Date("2027-03-28T01:30:00.000Z"));
    expect(await migrate(url)).toEqual([]);
    // The application's role has exactly its rights.
    const rights = `SELECT has_function_privilege('evenhour_app', oid, 'EXECUTE') AS may
      FROM pg_proc WHERE proname = 'post_transfer'`;
    expect(await queryOn(url, rights)).toEqual([{ may: true }]);
    const table = "SELECT has_table_privilege('evenhour_app', 'transfer', 'UPDATE') AS may";
    expect(await queryOn(url, table)).toEqual([{ may: false }]);
  });

  it("restores as an owner who is not a superuser", async () => {
    const name = `evenhour_owner_${randomBytes(4).toString("hex")}`;
    await onServer(`CREATE ROLE ${name} LOGIN CREATEROLE PASSWORD 'secret'`);
    // An owner who did not create the role must be granted it, as scripts/lib/database.ts requires.
    await onServer(`GRANT evenhour_app TO ${name} WITH ADMIN OPTION`);
    const address = new URL(await newDatabase(name));
    Object.assign(address, { username: name, password: "secret" });
    await queryOn(
      databaseAt(ownerUrl(), address.pathname.slice(1)),
      `ALTER SCHEMA public OWNER TO ${name}`,
    );
    await restore(address.href);
    expect(await backupAgain(address.href)).toEqual(sums);
    await onServer(`DROP DATABASE ${address.pathname.slice(1)} WITH (FORCE)`);
    databases.pop();
    await onServer(`DROP ROLE ${name}`);
  });

  it("restores no sessions", async () => {
    expect([...sums.keys()]).not.toContain("session");
    const url = await newDatabase();
    await restore(url);
    expect(await queryOn(url, "SELECT id FROM session")).toEqual([]);
  });

  it("reads a file that only its owner can read", async () => {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("refuses a database with foreign tables, and one with data unless --replace is given", async () => {
    const url = await newDatabase();
    await queryOn(url, "CREATE TABLE shop (id int)");
    await expect(restore(url, file, true)).rejects.toThrow('"shop", which is not Evenhour\'s');
    await queryOn(url, "DROP TABLE shop");
    await restore(url);
    await expect(restore(url)).rejects.toThrow("--replace");
  });

  it("replaces existing data, and leaves it unchanged when the restore fails", async () => {
    const url = await newDatabase();
    await restore(url);
    await queryOn(url, "UPDATE community SET name = 'Before'");
    const forged = join(folder, "forged.gz");
    // With a valid checksum, but another number of violations than its books have.
    await forge(forged, (text) => text.replace('"violations":0', '"violations":7'));
    await expect(restore(url, forged, true)).rejects.toThrow("nothing was changed");
    expect(await queryOn(url, "SELECT name FROM community")).toEqual([{ name: "Before" }]);
    await restore(url, file, true);
    expect(await backupAgain(url)).toEqual(sums);
  });

  it("refuses to restore while another client is connected", async () => {
    const url = await newDatabase();
    const other = new Client({ connectionString: url });
    await other.connect();
    await expect(restore(url)).rejects.toThrow("1 connections");
    await other.end();
  });

  it("refuses a backup of a newer version", async () => {
    const newer = join(folder, "newer.gz");
    await forge(newer, (text) => text.replace('"0001_tables"', '"9999_future"'));
    await expect(restore(await newDatabase(), newer)).rejects.toThrow("bring Evenhour up to date");
  });

  it("upgrades a backup of an older version", async () => {
    const url = await newDatabase();
    await runMigrations({ connectionString: url });
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(`CREATE TABLE _prisma_migrations (
      id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz,
      migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
      started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`);
    // As in version 0.1.0.
    for (const { name, script } of await readMigrations()) {
      if (name > "0013") break;
      await client.query(script);
      await client.query("INSERT INTO _prisma_migrations VALUES ($1, $2, now(), $3)", [
        v7(),
        createHash("sha256").update(script).digest("hex"),
        name,
      ]);
    }
    const community = v7();
    await client.query(
      `INSERT INTO community (id, slug, name, about, language, time_zone, joining, granularity, floor,
         soft_floor, soft_ceiling, welcome_credit, confirmation_days, balances_visible,
         next_member_number, created_at)
       VALUES ($1, 'old', 'Old', '', 'en', 'UTC', 'open', 15, -30, 0, 0, 0, 7, true, 1, now())`,
      [community],
    );
    await client.query("SELECT open_account($1, $1, 'fund', NULL, NULL)", [community]);
    await client.end();
    const old = join(folder, "old.gz");
    await takeBackup(url, old, new Date());
    const target = await newDatabase();
    await restore(target, old);
    const rules = "SELECT floor, newcomer_floor AS newcomers FROM community";
    expect(await queryOn(target, rules)).toEqual([{ floor: -30, newcomers: -30 }]);
    expect(await queryOn(target, "SELECT * FROM check_books()")).toEqual([]);
  });

  it("refuses a backup that is damaged anywhere or incomplete", async () => {
    const url = await newDatabase();
    const whole = await readFile(file);
    const damaged = join(folder, "damaged.gz");
    const places = Array.from({ length: 60 }, (_, index) =>
      Math.floor((index * whole.length) / 60),
    );
    for (const place of [...places, whole.length - 1]) {
      const copy = Buffer.from(whole);
      copy[place] = (copy[place] ?? 0) ^ (1 << (place % 8));
      await writeFile(damaged, copy);
      await expect(restore(url, damaged)).rejects.toThrow("damaged, only half written");
    }
    for (const length of [0, 1, 80, Math.floor(whole.length / 2), whole.length - 1]) {
      await writeFile(damaged, whole.subarray(0, length));
      await expect(restore(url, damaged)).rejects.toThrow("damaged, only half written");
    }
    await expect(restore(url, join(folder, "none"))).rejects.toThrow("There is no file");
    expect(await queryOn(url, "SELECT FROM pg_class WHERE relname = 'community'")).toEqual([]);
  });

  it("refuses a backup whose rows do not match their checksum", async () => {
    const url = await newDatabase();
    const changed = join(folder, "changed.gz");
    await forge(changed, (text) => text.replace("ab@x.org", "ac@x.org"));
    await expect(restore(url, changed)).rejects.toThrow('table "user" is not after the restore');
    expect(await queryOn(url, "SELECT FROM pg_class WHERE relname = 'community'")).toEqual([]);
  });
});

describe("takeBackup", () => {
  it("leaves no partial file when writing fails", async () => {
    const target = join(folder, "broken", "x.gz");
    async function* rows(): AsyncGenerator<Buffer> {
      yield Buffer.from("1\n");
      throw new Error("gone");
    }
    const header = {
      evenhourBackup: 1 as const,
      version: "1",
      postgres: "15",
      takenAt: new Date().toISOString(),
      migrations: [],
      violations: 0,
    };
    await expect(
      writeBackup(target, header, [{ name: "t", columns: ["a"], rows: rows() }]),
    ).rejects.toThrow("gone");
    expect(await readdir(join(folder, "broken"))).toEqual([]);
  });

  it("refuses an empty database", async () => {
    await expect(takeBackup(await newDatabase(), join(folder, "e.gz"), new Date())).rejects.toThrow(
      "nothing to back up",
    );
  });

  it("takes a consistent snapshot while transfers are posted", async () => {
    const books = await makeBooks();
    let isRunning = true;
    let transfers = 0;
    const posting = (async () => {
      while (isRunning) {
        await post(books, { debit: at(books, A), credit: at(books, B), minutes: 1 }).catch(() =>
          post(books, { debit: at(books, B), credit: at(books, A), minutes: 600 }),
        );
        transfers += 1;
      }
    })();
    const taken: Map<string, Sum>[] = [];
    try {
      for (let round = 0; round < 4; round += 1) {
        const before = transfers;
        const path = join(folder, `moving-${round}.gz`);
        taken.push((await takeBackup(ownerUrl(), path, new Date())).sums);
        expect(transfers).toBeGreaterThan(before);
        const url = await newDatabase();
        expect((await restore(url, path)).violations).toBe(0);
        expect(await backupAgain(url)).toEqual(taken[round]);
      }
    } finally {
      isRunning = false;
      await posting;
    }
    expect(new Set(taken.map((it) => it.get("transfer")?.sha256)).size).toBe(4);
  });
});

describe("nightlyBackup", () => {
  it("retains EVENHOUR_BACKUP_KEEP nightly backups, and deletes no other files", async () => {
    const nights = join(folder, "nights");
    const settings = env();
    Object.assign(settings, { EVENHOUR_BACKUP_DIR: nights, EVENHOUR_BACKUP_KEEP: 2 });
    for (const day of ["01", "02", "02", "03"]) {
      await nightlyBackup(new Date(`2026-12-${day}T02:41:00Z`));
      await writeFile(join(nights, "mine.evenhour.gz"), "");
    }
    expect((await readdir(nights)).sort()).toEqual([
      "mine.evenhour.gz",
      "nightly-2026-12-02.evenhour.gz",
      "nightly-2026-12-03.evenhour.gz",
    ]);
    Object.assign(settings, { EVENHOUR_BACKUP_KEEP: 0 });
    await nightlyBackup(new Date("2026-12-04T02:41:00Z"));
    expect(await readdir(nights)).toHaveLength(3);
    const url = await newDatabase();
    await restore(url, join(nights, "nightly-2026-12-03.evenhour.gz"));
    expect(await communities(url)).toEqual(await communities(ownerUrl()));
  });
});

describe("the state of nightly backups", () => {
  const now = new Date("2026-12-10T09:00:00Z");
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

  it("logs a failed backup, whose job fails and is retried", async () => {
    const file = join(folder, "no-folder");
    await writeFile(file, "");
    Object.assign(env(), { EVENHOUR_BACKUP_DIR: join(file, "nights"), EVENHOUR_BACKUP_KEEP: 7 });
    const warn = vi.spyOn(console, "error").mockImplementation(() => undefined);
    await expect(nightlyBackup(now)).rejects.toThrow("No file can be written");
    expect(warn.mock.calls.flat().join(" ")).toMatch(
      /nightly backup of 2026-12-10 failed: No file/,
    );
    warn.mockRestore();
  });

  it("is late a day and a half after the last backup or after the first community", async () => {
    const nights = join(folder, "late");
    Object.assign(env(), { EVENHOUR_BACKUP_DIR: nights, EVENHOUR_BACKUP_KEEP: 7 });
    const stateOf = async (since: Date | null) => (await readNightly(since, now)).state;
    expect(await stateOf(hoursAgo(35))).toBe("ok");
    expect(await stateOf(hoursAgo(37))).toBe("late");
    expect(await stateOf(null)).toBe("ok");
    await nightlyBackup(hoursAgo(30));
    const taken = join(nights, "nightly-2026-12-09.evenhour.gz");
    await utimes(taken, hoursAgo(30), hoursAgo(30));
    expect(await stateOf(hoursAgo(5000))).toBe("ok");
    await utimes(taken, hoursAgo(40), hoursAgo(40));
    expect(await readNightly(hoursAgo(5000), now)).toEqual({
      state: "late",
      lastAt: hoursAgo(40),
    });
    // A backup with a future date, from a clock that was ahead, does not change that.
    const wrong = join(nights, "nightly-2027-12-10.evenhour.gz");
    await writeFile(wrong, "");
    await utimes(wrong, hoursAgo(-365 * 24), hoursAgo(-365 * 24));
    expect(await stateOf(hoursAgo(5000))).toBe("late");
    Object.assign(env(), { EVENHOUR_BACKUP_KEEP: 0 });
    expect(await stateOf(hoursAgo(5000))).toBe("off");
  });

  it("is not late in a new data folder with a restored community", async () => {
    const place = await mkdtemp(join(folder, "moved-"));
    const known = env().EVENHOUR_DATA_DIR;
    Object.assign(env(), {
      EVENHOUR_DATA_DIR: place,
      EVENHOUR_BACKUP_DIR: join(place, "nights"),
      EVENHOUR_BACKUP_KEEP: 7,
    });
    const moved = (await stat(place)).birthtime.getTime();
    const old = new Date(moved - 5000 * 3_600_000);
    const inHours = (hours: number) => new Date(moved + hours * 3_600_000);
    expect((await readNightly(old, inHours(35))).state).toBe("ok");
    expect((await readNightly(old, inHours(37))).state).toBe("late");
    Object.assign(env(), { EVENHOUR_DATA_DIR: known });
  });

  it("warns coordinators and the log about a failed backup until the next one succeeds", async () => {
    const nights = join(folder, "warned");
    Object.assign(env(), { EVENHOUR_BACKUP_DIR: nights, EVENHOUR_BACKUP_KEEP: 7 });
    const { slug, coordinator, members } = await makeCommunity(["rosa"] as const);
    const statusAt = async (at: Date) => {
      const { upkeep } = await procedures(coordinator.userId, at).community.overview({
        community: slug,
      });
      return { state: upkeep.backup.state, warnings: warningsOf(upkeep).join(" ") };
    };
    const real = new Date();
    await nightlyBackup(real);
    expect((await statusAt(real)).state).toBe("ok");
    // A folder has the name of the next backup.
    const tomorrow = new Date(real.getTime() + 24 * 3_600_000);
    const path = join(nights, `nightly-${tomorrow.toISOString().slice(0, 10)}.evenhour.gz`);
    await mkdir(path);
    const silent = vi.spyOn(console, "error").mockImplementation(() => undefined);
    await expect(nightlyBackup(tomorrow)).rejects.toThrow();
    silent.mockRestore();
    const failed = await statusAt(tomorrow);
    expect(failed.state).toBe("failed");
    expect(failed.warnings).toMatch(/last nightly backup failed \(the last one is of \d{4}-/);
    const member = procedures(members.rosa.userId).community.overview({ community: slug });
    await expect(member).rejects.toMatchObject({ code: "NOT_FOUND" });
    await rm(path, { recursive: true });
    await nightlyBackup(tomorrow);
    expect(await statusAt(tomorrow)).toMatchObject({ state: "ok" });
    const later = await statusAt(new Date(real.getTime() + 72 * 3_600_000));
    expect(later).toMatchObject({ state: "late" });
    expect(later.warnings).toMatch(/no nightly backup of the last day and a half/);
  });

  it("deletes backups with a future date, from a clock that was ahead, before newer ones", async () => {
    const nights = join(folder, "ahead");
    Object.assign(env(), { EVENHOUR_BACKUP_DIR: nights, EVENHOUR_BACKUP_KEEP: 2 });
    for (const day of ["2027-12-01", "2027-12-02", "2026-12-03", "2026-12-04"]) {
      await nightlyBackup(new Date(`${day}T02:41:00Z`));
    }
    expect((await readdir(nights)).sort()).toEqual([
      "nightly-2026-12-03.evenhour.gz",
      "nightly-2026-12-04.evenhour.gz",
    ]);
  });
});

/** Writes a changed copy of the backup with a valid checksum of the file; the sums of the tables stay. */
async function forge(path: string, change: (text: string) => string): Promise<void> {
  const whole = await readFile(file);
  const before = gunzipSync(whole.subarray(0, whole.lastIndexOf("\nevenhour backup"))).toString();
  const after = change(before);
  expect(after).not.toBe(before);
  const zipped = gzipSync(after);
  const digest = createHash("sha256").update(zipped).digest("hex");
  await writeFile(
    path,
    Buffer.concat([zipped, Buffer.from(`\nevenhour backup sha256 ${digest}\n`)]),
  );
}
