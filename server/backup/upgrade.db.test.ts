/** Upgrades of databases and backups of version 0.1.0, and databases that must not be upgraded. */
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { personName } from "@/domain/member/schema";
import { emptySearch, searchOf } from "@/domain/search/search";
import { migrate, readMigrations } from "../platform/db/migrate";
import { ownerUrl } from "../platform/db/testing/pools";
import { databaseAt } from "../platform/db/testing/urls";
import { backupBeforeUpgrade } from "./before-upgrade";
import { restoreBackup } from "./restore";
import { requireSpace } from "./space";
import { takeBackup } from "./take";
import { BACKUP_0_1_0, makeOldDatabase } from "./testing/version-0.1.0";

let folder = "";
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

async function newDatabase(template = ""): Promise<string> {
  const name = `${new URL(ownerUrl()).pathname.slice(1)}_${randomBytes(4).toString("hex")}`;
  await onServer(`CREATE DATABASE ${name} ${template && `TEMPLATE ${template}`}`);
  databases.push(name);
  return databaseAt(ownerUrl(), name);
}

/** Created once; a test that changes it gets a copy. */
let old = "";
const oldDatabase = () => newDatabase(new URL(old).pathname.slice(1));
const currentDatabase = () => newDatabase(new URL(inject("templateUrl")).pathname.slice(1));

/** Counts and hashes that an upgrade or a restore must not change. */
const contents = async (url: string) => {
  const [row] = await queryOn(
    url,
    `SELECT (SELECT count(*) FROM member) AS members, (SELECT count(*) FROM "user") AS users,
       (SELECT count(*) FROM exchange) AS exchanges, (SELECT count(*) FROM exchange_event) AS events,
       (SELECT count(*) FROM exchange_note) AS notes, (SELECT count(*) FROM transfer) AS transfers,
       (SELECT md5(string_agg(a::text, ',' ORDER BY a)) FROM
         (SELECT id || ' ' || balance || ' ' || held FROM account) AS account (a)) AS balances,
       (SELECT md5(string_agg(encode(bytes, 'hex'), ',' ORDER BY id)) FROM photo) AS photos,
       (SELECT count(*) FROM graphile_worker.jobs WHERE task_identifier = 'exchange-due') AS jobs`,
  );
  return row;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "evenhour-upgrade-"));
  old = await newDatabase();
  await makeOldDatabase(old);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  for (const name of databases.reverse()) await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
});

describe("the upgrade of a database of version 0.1.0", () => {
  it("takes a backup first, loses no data, and leaves the books without violations", async () => {
    const url = await oldDatabase();
    const before = await contents(url);
    let backup = "";
    const applied = await migrate(url, {
      beforeUpgrade: async (pending) => {
        backup = await backupBeforeUpgrade(url, join(folder, "upgrade"), pending, new Date());
      },
    });
    expect(await contents(url)).toEqual(before);
    expect(await queryOn(url, "SELECT * FROM check_books()")).toEqual([]);
    if (applied.length === 0) return;

    // The backup has the old schema, and restoring it gives the same contents.
    const restored = await newDatabase();
    const report = await restoreBackup({ url: restored, path: backup, isReplacing: false });
    expect(report).toMatchObject({ members: 41, exchanges: 329, transfers: 341, violations: 0 });
    expect(await contents(restored)).toEqual(before);
    expect(await queryOn(restored, "SELECT * FROM check_books()")).toEqual([]);
    expect(await migrate(restored)).toEqual([]);
    // It also replaces the upgraded database.
    await restoreBackup({ url, path: backup, isReplacing: true });
    expect(await contents(url)).toEqual(before);
  });

  it("keeps the filters of saved searches", async () => {
    const url = await oldDatabase();
    await queryOn(url, "DELETE FROM saved_search");
    await queryOn(
      url,
      `INSERT INTO saved_search (community_id, id, member_id, words, kind, category, places, spoken,
         within, available_on, created_at, seen_at)
       SELECT community_id, gen_random_uuid(), id, words, kind::listing_kind, category, places::text[],
         spoken, within, day, now(), now()
       FROM (SELECT community_id, id FROM member ORDER BY id LIMIT 1) AS member, (VALUES
         ('"bread" & {}', 'offer', 'cooking', '{online,mine}', 'espanol', 3, 7),
         ('', NULL, NULL, '{}', '', NULL::integer, NULL::integer)
       ) AS search (words, kind, category, places, spoken, within, day)`,
    );
    await migrate(url);
    const rows = await queryOn<{ filters: object }>(
      url,
      "SELECT filters FROM saved_search ORDER BY length(filters::text)",
    );
    expect(rows.map(({ filters }) => searchOf(filters))).toEqual([
      emptySearch,
      {
        words: '"bread" & {}',
        kind: "offer",
        category: "cooking",
        places: ["online", "mine"],
        spoken: "espanol",
        availableOn: 7,
        within: 3,
      },
    ]);
  });

  it("changes nothing when the backup cannot be taken", async () => {
    const url = await oldDatabase();
    // A pending migration, whatever this version has.
    await queryOn(url, "DELETE FROM _prisma_migrations WHERE migration_name = '0012_email_change'");
    const file = join(folder, "file");
    await writeFile(file, "");
    const attempt = migrate(url, {
      beforeUpgrade: async (pending) => {
        await backupBeforeUpgrade(url, join(file, "backups"), pending, new Date());
      },
    });
    await expect(attempt).rejects.toThrow(/nothing was changed.*EVENHOUR_UPGRADE_BACKUP=0/);
    const [known] = await queryOn(
      url,
      "SELECT FROM _prisma_migrations WHERE migration_name = '0012_email_change'",
    );
    expect(known).toBeUndefined();
  });

  it("takes no backup of a database that is empty or up to date", async () => {
    const never = async () => {
      throw new Error("A backup was requested.");
    };
    const url = await newDatabase();
    await migrate(url, { beforeUpgrade: never });
    expect(await migrate(url, { beforeUpgrade: never })).toEqual([]);
  });
});

describe("the upgrade of what members of version 0.1.0 did", () => {
  it("stores the member's user as the one who acted, and nobody for automatic steps", async () => {
    const url = await oldDatabase();
    await migrate(url);
    const acts = {
      exchange_event: "member_id",
      exchange_note: "member_id",
      invitation: "created_by_id",
      vouch: "by_id",
      limit_decision: "decided_by_id",
    };
    for (const [table, member] of Object.entries(acts)) {
      const [counts] = await queryOn<Record<"acts" | "users" | "others", number>>(
        url,
        `SELECT count(*)::int AS acts, count(acting_user_id)::int AS users,
           count(*) FILTER (WHERE acting_user_id IS DISTINCT FROM user_id)::int AS others
         FROM ${table} AS act LEFT JOIN member AS m
           ON m.community_id = act.community_id AND m.id = act.${member}`,
      );
      expect([table, counts]).toEqual([table, expect.objectContaining({ others: 0 })]);
      // Vouches and decisions of this version have no author.
      const isAnonymous = table === "vouch" || table === "limit_decision";
      expect([table, counts?.users === 0]).toEqual([table, isAnonymous]);
    }
  });
});

describe("the upgrade of transfers of version 0.1.0", () => {
  const authorities = (url: string) =>
    queryOn<Record<"kind" | "authority" | "named" | "transfers", unknown>>(
      url,
      `SELECT t.kind, t.authority, event.kind AS named, count(*)::int AS transfers
       FROM transfer AS t LEFT JOIN exchange_event AS event ON event.community_id = t.community_id
         AND event.exchange_id = t.event_exchange_id AND event.version = t.event_version
       GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    );

  it("names the event that settled or undid the exchange, or the vouch", async () => {
    const url = await oldDatabase();
    await migrate(url);
    const byEvent = (kind: string, named: string, transfers: number) => ({
      kind,
      authority: "event",
      named,
      transfers,
    });
    expect(await authorities(url)).toEqual([
      byEvent("exchange", "confirmed", 91),
      byEvent("exchange", "recorded", 76),
      byEvent("exchange", "reported", 131),
      byEvent("exchange", "resolvedWithHours", 2),
      { kind: "welcome", authority: "vouch", named: null, transfers: 40 },
      byEvent("reversal", "reversed", 1),
    ]);
    // Nothing follows the settlement of an exchange but its reversal.
    expect(
      await queryOn(
        url,
        `SELECT t.id FROM transfer AS t JOIN exchange AS e ON e.community_id = t.community_id
           AND e.id = t.exchange_id
         WHERE event_version <> e.version - (e.reversed_at IS NOT NULL)::int
         UNION ALL SELECT id FROM transfer WHERE kind = 'welcome' AND vouched_member_id <> id`,
      ),
    ).toEqual([]);
  });

  it("names the latest event of a damaged exchange, which check_books still reports", async () => {
    const url = await oldDatabase();
    const [damaged] = await queryOn<{ id: string; latest: number }>(
      url,
      `WITH changed AS (
         UPDATE exchange_event SET minutes = minutes + 15
         WHERE exchange_id = (SELECT exchange_id FROM transfer WHERE kind = 'exchange' LIMIT 1)
         RETURNING exchange_id, version
       )
       SELECT exchange_id AS id, max(version) AS latest FROM changed GROUP BY 1`,
    );
    await migrate(url);
    expect(await queryOn(url, "SELECT violation, subject FROM check_books()")).toEqual([
      { violation: "exchange settled without authority", subject: damaged?.id },
    ]);
    expect(
      await queryOn(url, "SELECT event_version AS latest FROM transfer WHERE exchange_id = $1", [
        damaged?.id,
      ]),
    ).toEqual([{ latest: damaged?.latest }]);
  });
});

describe("the upgrade of texts of version 0.1.0", () => {
  const set = (url: string, column: string, table: string, number: number, text: string) =>
    queryOn(
      url,
      `UPDATE "${table}" SET ${column} = $1
       WHERE id = (SELECT id FROM "${table}" ORDER BY id OFFSET ${number} LIMIT 1)`,
      [text],
    );
  const texts = async (url: string, column: string, table: string, count: number) => {
    const rows = await queryOn<{ text: string }>(
      url,
      `SELECT ${column} AS text FROM "${table}" ORDER BY id LIMIT ${count}`,
    );
    return rows.map(({ text }) => text);
  };
  const dirty: [name: string, clean: string | RegExp][] = [
    ["\u200b\u2060\ufeff", /^(Member|Miembro|عضو) \d+$/],
    ["\u3164\u115f\u2800", /^(Member|Miembro|عضو) \d+$/],
    ["\u0301\u0302", /^(Member|Miembro|عضو) \d+$/],
    ["Ma\u200bría\u202e", "María"],
    ["  Ana \u00ad  López ", "Ana López"],
    ["A\u{e0061}na\u{e0100}", "Ana"],
    [`Z${"\u0335".repeat(40)}oe`, `Z${"\u0335".repeat(5)}oe`],
    ["ليلى", "ليلى"],
    ["می\u200cخواهم", "می\u200cخواهم"],
    ["Sam 👩\u200d🌾", "Sam 👩\u200d🌾"],
  ];

  it("removes invisible characters, and nothing else", async () => {
    const url = await oldDatabase();
    const clean = [...dirty.entries()];
    for (const [at, [name]] of clean) {
      await set(url, "display_name", "member", at, name);
      await set(url, "title", "listing", at, name);
    }
    await set(url, "about", "member", 0, "One\u202e\n\n  Two\u200b");
    await set(url, "description", "listing", 0, `Line\u2066\n- another${"\u0301".repeat(30)}`);
    await queryOn(
      url,
      `INSERT INTO neighbourhood (community_id, id, name, latitude, longitude)
       SELECT id, gen_random_uuid(), name, 27, 27
       FROM (SELECT id FROM community ORDER BY id LIMIT 1) AS one,
         unnest(ARRAY[E'Old\u200bTown', E'Twin\u200b', 'TWIN']) AS name`,
    );
    await migrate(url);
    const names = await texts(url, "display_name", "member", dirty.length);
    for (const [at, [, expected]] of clean) {
      if (typeof expected === "string") expect(names[at]).toBe(expected);
      else expect(names[at]).toMatch(expected);
      expect(personName.safeParse(names[at])).toMatchObject({ success: true, data: names[at] });
    }
    const titles = await texts(url, "title", "listing", dirty.length);
    for (const [at, [, expected]] of clean) {
      expect(titles[at]).toBe(typeof expected === "string" ? expected : "(…)");
    }
    expect(await texts(url, "about", "member", 1)).toEqual(["One\n\n  Two"]);
    expect(await texts(url, "description", "listing", 1)).toEqual([
      `Line\n- another${"\u0301".repeat(5)}`,
    ]);
    const places = (await texts(url, "name", "neighbourhood", 100)).sort();
    expect(places).toEqual(expect.arrayContaining(["OldTown", "TWIN", "Twin\u200b"]));
    expect(await queryOn(url, "SELECT * FROM check_books()")).toEqual([]);
  });
});

describe("the upgrade of listings and members of version 0.1.0", () => {
  it("makes them searchable in every spelling, as new ones are", async () => {
    const url = await oldDatabase();
    const [old] = await queryOn<{ id: string; owner: string }>(
      url,
      "SELECT id, member_id AS owner FROM listing WHERE status = 'open' ORDER BY id LIMIT 1",
    );
    const change = (statement: string, id: string | undefined, text: string) =>
      queryOn(url, `UPDATE ${statement} = $2 WHERE id = $1`, [id, text]);
    await change("listing SET language = 'hi', title", old?.id, "हिन्दी सीखना");
    await change("member SET display_name", old?.owner, "Jörg Müller");
    await migrate(url);
    const found = (words: string) =>
      queryOn(
        url,
        `SELECT id FROM listing WHERE search @@ search_query(community_id, language, $1)
           AND id = $2 AND folded LIKE '%mueller%' AND trigrams <> ''`,
        [words, old?.id],
      );
    for (const words of ["हिंदी", "Mueller", "muller"]) {
      expect([words, ...(await found(words))]).toEqual([words, { id: old?.id }]);
    }
    expect(
      await queryOn(
        url,
        `SELECT id FROM member WHERE folded <> fold_compounds(display_name || ' ' || neighbourhood)
           OR spoken IS DISTINCT FROM fold_texts(languages)
           OR trigrams <> trigram_letters(folded)
         UNION ALL SELECT id FROM listing WHERE search <> listing_words(
             community_id, language, title, description, availability, member_words)
           OR trigrams <> trigram_letters(folded)`,
      ),
    ).toEqual([]);
  });
});

describe("e-mails of version 0.1.0", () => {
  /** As that version stored them, with plain-text tokens. */
  const put = (url: string, mails: { token: string; path: string; isSent: boolean }[]) =>
    queryOn(
      url,
      `INSERT INTO mail (id, recipient, subject, text, html, created_at, sent_at)
       SELECT gen_random_uuid(), 'rosa@example.org', 'A link',
         'Sign in: https://evenhour.example.org' || path || token || E'\\n\\nFor 20 minutes.',
         '<a href="https://evenhour.example.org' || path || token || '">Sign in</a>', now(),
         CASE WHEN is_sent THEN now() END
       FROM unnest($1::text[], $2::text[], $3::boolean[]) AS each (token, path, is_sent)`,
      [
        mails.map(({ token }) => token),
        mails.map(({ path }) => path),
        mails.map(({ isSent }) => isSent),
      ],
    );
  const mails = ["/link/", "/settings/email/"].flatMap((path) =>
    [true, false].map((isSent) => ({ path, isSent, token: randomBytes(32).toString("base64url") })),
  );
  const mailsOf = (url: string) =>
    queryOn<{ text: string; html: string; subject: string }>(
      url,
      "SELECT text, html, subject FROM mail WHERE recipient = 'rosa@example.org'",
    );
  const expectNoToken = (found: Awaited<ReturnType<typeof mailsOf>>) => {
    // Only the sent ones, without their tokens.
    expect(found).toHaveLength(2);
    const whole = JSON.stringify(found);
    expect(whole).toContain("For 20 minutes.");
    for (const { token } of mails) expect(whole).not.toContain(token);
    expect(whole).not.toMatch(/[A-Za-z0-9_-]{43}/);
  };

  it("lose their tokens in the upgrade, which deletes unsent ones", async () => {
    const url = await oldDatabase();
    await put(url, mails);
    await migrate(url);
    expectNoToken(await mailsOf(url));
  });

  it("lose their tokens when a backup of that version is restored", async () => {
    const url = await oldDatabase();
    await put(url, mails);
    const backup = join(folder, "with-mails.gz");
    await takeBackup(url, backup, new Date());
    const restored = await newDatabase();
    await restoreBackup({ url: restored, path: backup, isReplacing: false });
    await migrate(restored);
    expectNoToken(await mailsOf(restored));
  });
});

describe("a backup of version 0.1.0", () => {
  it("restores into this version", async () => {
    const url = await newDatabase();
    const report = await restoreBackup({ url, path: BACKUP_0_1_0, isReplacing: false });
    expect(report).toMatchObject({ members: 41, exchanges: 329, transfers: 341, violations: 0 });
    expect(await contents(url)).toEqual(await contents(old));
    expect(await queryOn(url, "SELECT * FROM check_books()")).toEqual([]);
    expect(await migrate(url)).toEqual([]);
    const recorded = await queryOn<{ name: string }>(
      url,
      "SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1",
    );
    expect(recorded.map(({ name }) => name)).toEqual((await readMigrations()).map((it) => it.name));
  });

  it("has as many rows as a new backup of that database", async () => {
    const again = join(folder, "again.gz");
    const { sums } = await takeBackup(old, again, new Date());
    const url = await newDatabase();
    const { rows } = await restoreBackup({ url, path: BACKUP_0_1_0, isReplacing: false });
    for (const [name, { rows: count }] of sums)
      expect([name, rows.get(name)]).toEqual([name, count]);
  });
});

describe("migrate", () => {
  const change = (url: string, set: string) => queryOn(url, `UPDATE _prisma_migrations SET ${set}`);

  it("refuses a database of a newer version, and names the restore command", async () => {
    const url = await currentDatabase();
    await queryOn(
      url,
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name)
       VALUES ('x', 'y', now(), '9999_from_a_newer_version')`,
    );
    await expect(migrate(url)).rejects.toThrow(
      /newer version of Evenhour.*9999_from_a_newer_version.*bring Evenhour up to date.*npm run restore -- FILE --replace/,
    );
    // The restore that the message names works, even with tables that this version does not know.
    await queryOn(url, "CREATE TABLE from_the_future (id int)");
    await restoreBackup({ url, path: BACKUP_0_1_0, isReplacing: true });
    expect(await contents(url)).toEqual(await contents(old));
  });

  it("refuses a database that was made by a different migration", async () => {
    const url = await currentDatabase();
    await change(url, "checksum = repeat('0', 64) WHERE migration_name = '0002_books'");
    await expect(migrate(url)).rejects.toThrow(/0002_books.*fetch Evenhour again/);
  });

  it("accepts a migration whose line endings differ", async () => {
    const url = await currentDatabase();
    const script = (await readMigrations())[0]?.script.replaceAll("\n", "\r\n") ?? "";
    const checksum = createHash("sha256").update(script).digest("hex");
    await change(url, `checksum = '${checksum}' WHERE migration_name = '0001_tables'`);
    expect(await migrate(url)).toEqual([]);
  });

  it("refuses a database with a failed migration, without links to Prisma's documents", async () => {
    const url = await currentDatabase();
    await change(
      url,
      `finished_at = NULL, logs = E'A migration failed.\\nDatabase error code: 42P07\\nERROR: relation "x" already exists\\nhttps://pris.ly/d/migrate-resolve'
       WHERE migration_name = '0012_email_change'`,
    );
    const refusal = await migrate(url).catch((error: unknown) => String(error));
    expect(refusal).toMatch(/0012_email_change.*relation "x" already exists.*npm run restore/);
    expect(refusal).not.toMatch(/https?:/);
    await change(url, "logs = NULL WHERE migration_name = '0012_email_change'");
    await expect(migrate(url)).rejects.toThrow(/stopped in the middle.*npm run restore/);
  });

  it("reports a migration that fails; its backup restores the database", async () => {
    const url = await oldDatabase();
    // The table that this migration creates exists already.
    await queryOn(url, "DELETE FROM _prisma_migrations WHERE migration_name = '0012_email_change'");
    const backup = join(folder, "failed.gz");
    await takeBackup(url, backup, new Date());
    const refusal = await migrate(url).catch((error: unknown) => String(error));
    expect(refusal).toMatch(/0012_email_change failed \(.*already exists.*\) and changed nothing/);
    expect(refusal).not.toMatch(/https?:|pris\.ly/);
    await expect(migrate(url)).rejects.toThrow(/stopped in the middle/);
    await restoreBackup({ url, path: BACKUP_0_1_0, isReplacing: true });
    expect(await contents(url)).toEqual(await contents(old));
  });
});

describe("restoring a file with a valid checksum and invalid contents", () => {
  const lines = async () => {
    const whole = await readFile(BACKUP_0_1_0);
    return gunzipSync(whole.subarray(0, whole.lastIndexOf("\nevenhour backup"))).toString();
  };
  const seal = async (inside: Buffer) => {
    const path = join(folder, "forged.gz");
    const digest = createHash("sha256").update(inside).digest("hex");
    await writeFile(
      path,
      Buffer.concat([inside, Buffer.from(`\nevenhour backup sha256 ${digest}\n`)]),
    );
    return path;
  };
  const withoutTable = (text: string, table: string) => {
    const start = text.indexOf(`{"table":"${table}"`);
    const next = text.indexOf('{"table":', start + 1);
    return text.slice(0, start) + text.slice(next);
  };
  const forged: [string, (text: string) => string | Buffer][] = [
    ["is empty", () => ""],
    ["is not gzip", () => Buffer.from("not zipped")],
    ["is cut off in the middle of a gzip", (text) => gzipSync(text).subarray(0, 2000)],
    ["has no header", (text) => text.slice(text.indexOf("\n") + 1)],
    ["has a header that is not JSON", (text) => `nonsense${text}`],
    ["has an empty header", (text) => `{}\n${text}`],
    ["has nothing but a header", (text) => text.slice(0, text.indexOf("\n") + 1)],
    [
      "names migrations in another order",
      (text) => text.replace(/"0001_tables","0002_books"/, '"0002_books","0001_tables"'),
    ],
    [
      "names a migration twice",
      (text) => text.replace('"0002_books"', '"0002_books","0002_books"'),
    ],
    ["names no migrations", (text) => text.replace(/"migrations":\[[^\]]*\]/, '"migrations":[]')],
    ["lacks the first migration", (text) => text.replace('"0001_tables",', "")],
    [
      "lacks a migration that its tables need",
      (text) => text.replace('"0009_photos_and_thanks",', ""),
    ],
    [
      "lacks a table",
      (text) =>
        withoutTable(text, "thanks").replace(
          /\{"tables":(\d+)\}/,
          (_, n) => `{"tables":${Number(n) - 1}}`,
        ),
    ],
    ["has a wrong number of tables", (text) => text.replace(/\{"tables":\d+\}/, '{"tables":1}')],
    [
      "names a table of PostgreSQL's",
      (text) => text.replace('{"table":"photo"', '{"table":"pg_authid"'),
    ],
    [
      "names other columns",
      (text) => text.replace('"columns":["community_id"', '"columns":["community"'),
    ],
    ["has malformed rows", (text) => text.replace(/(\{"table":"mail"[^\n]*\n)/, "$1x\n")],
    ["ends after a table", (text) => text.slice(0, text.indexOf('{"table":"account"'))],
  ];

  let untouched = "";

  it.each(forged)("refuses a file that %s, and changes nothing", async (_, change) => {
    const changed = change(await lines());
    const path = await seal(typeof changed === "string" ? gzipSync(changed) : changed);
    untouched ||= await newDatabase();
    const url = untouched;
    const refusal = await restoreBackup({ url, path, isReplacing: false }).then(
      () => null,
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(Error);
    expect(String(refusal)).toMatch(/nothing was changed|bring Evenhour up to date/);
    expect((refusal as Error).constructor.name).toBe("BackupError");
    expect(await queryOn(url, "SELECT FROM pg_class WHERE relname = 'community'")).toEqual([]);
  });
});

describe("disk space", () => {
  it("is required before a backup; the message says how much", () => {
    expect(() => requireSpace(60_000_000, 20_000_000, "/x")).toThrow(
      /too full for a backup: \/x has 60 MB free, and 70 MB are needed.*EVENHOUR_BACKUP_DIR/,
    );
    expect(() => requireSpace(80_000_000, 20_000_000, "/x")).not.toThrow();
    expect(() => requireSpace(null, 20_000_000, "/x")).not.toThrow();
  });

  it("is not used up by an incomplete backup", async () => {
    const place = join(folder, "nowhere");
    await writeFile(place, "");
    await expect(takeBackup(old, join(place, "b.gz"), new Date())).rejects.toThrow(
      /No file can be written to .*give the folder to the user who runs Evenhour/,
    );
    expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
  });
});
