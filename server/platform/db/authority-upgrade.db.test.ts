/** Books of version 0.1.0 are right after the migration that asks for authority. */
import { randomBytes } from "node:crypto";
import { runMigrations } from "graphile-worker";
import { Client } from "pg";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readMigrations } from "./migrate";
import { state } from "./testing/books";
import { owner, ownerUrl } from "./testing/pools";
import { databaseAt } from "./testing/urls";

const MIGRATION = "0013_authority";
const name = `evenhour_upgrade_${randomBytes(4).toString("hex")}`;
const ids = { community: v7(), usual: v7(), generous: v7(), unlimited: v7(), exchange: v7() };
let client: Client;

beforeAll(async () => {
  await owner().query(`CREATE DATABASE ${name}`);
  const url = databaseAt(ownerUrl(), name);
  await runMigrations({ connectionString: url });
  client = new Client({ connectionString: url });
  await client.connect();
  const scripts = await readMigrations();
  const before = scripts.filter((each) => each.name < MIGRATION);
  for (const { script } of before) await client.query(script);
  const { community, usual, generous, unlimited, exchange } = ids;
  await client.query(
    `INSERT INTO community (id, slug, name, about, language, time_zone, joining, granularity, floor,
       soft_floor, soft_ceiling, welcome_credit, confirmation_days, balances_visible,
       next_member_number, created_at)
     VALUES ($1, 'old', 'Old', '', 'en', 'UTC', 'open', 15, -600, -300, 3000, 30, 7, true, 4, now())`,
    [community],
  );
  await client.query("SELECT open_account($1, $1, 'fund', NULL, NULL)", [community]);
  for (const [index, id] of [usual, generous, unlimited].entries()) {
    await client.query("SELECT open_account($1, $2, 'member', -600, NULL)", [community, id]);
    await client.query(
      `INSERT INTO member (community_id, id, number, role, status, display_name, about, languages,
         neighbourhood, contact, joined_at)
       VALUES ($1, $2, $3, 'member', 'active', 'M', '', '{}', '', '', '2026-03-01')`,
      [community, id, index + 1],
    );
    await client.query("SELECT post_transfer($1, $2, 'welcome', $1, $2, 30)", [community, id]);
  }
  await client.query("SELECT set_limits($1, $2, -900, 120)", [community, generous]);
  await client.query("SELECT set_limits($1, $2, NULL, NULL)", [community, unlimited]);
  await client.query(
    `INSERT INTO exchange (community_id, id, giver_id, receiver_id, status, version, title, category,
       starts_at, minutes, place, place_note, last_by_id, created_at)
     VALUES ($1, $2, $3, $4, 'settled', 1, 'Help', 'other', now(), 60, 'giver', '', $4, now())`,
    [community, exchange, usual, generous],
  );
  await client.query(
    `INSERT INTO exchange_event (community_id, exchange_id, version, at, member_id, kind, minutes)
     VALUES ($1, $2, 1, now(), $3, 'recorded', 60)`,
    [community, exchange, generous],
  );
  await client.query("SELECT post_transfer($1, $2, 'exchange', $3, $4, 60, $2)", [
    community,
    exchange,
    generous,
    usual,
  ]);
  for (const { script } of scripts.slice(before.length)) await client.query(script);
});

afterAll(async () => {
  await client.end();
  await owner().query(`DROP DATABASE ${name} WITH (FORCE)`);
});

describe("books of version 0.1.0", () => {
  it("are right by the new rules too", async () => {
    expect((await client.query("SELECT * FROM check_books()")).rows).toEqual([]);
  });

  it("keep each member's limits: the community's by its rule, others as a decision", async () => {
    const { rows } = await client.query(
      `SELECT floor_of(account) AS floor, account.floor AS own, account.ceiling, decided_by_id AS by,
         limit_decision.version
       FROM account LEFT JOIN limit_decision ON member_id = account.id
       WHERE kind = 'member' ORDER BY account.id`,
    );
    expect(rows).toEqual([
      { floor: -600, own: null, ceiling: null, by: null, version: null },
      { floor: -900, own: -900, ceiling: 120, by: null, version: 1 },
      { floor: -60_000_000, own: -60_000_000, ceiling: null, by: null, version: 1 },
    ]);
  });

  it("count every member as vouched for, and give nobody a second welcome", async () => {
    const { rows } = await client.query(
      `SELECT kind, by_id, at = '2026-03-01' AS "atJoining" FROM vouch`,
    );
    expect(rows).toEqual(Array(3).fill({ kind: "before", by_id: null, atJoining: true }));
    const { community, usual, generous } = ids;
    const vouch = client.query("SELECT vouch_for($1, $2, 'approved', $3, NULL, now(), NULL)", [
      community,
      usual,
      generous,
    ]);
    expect(await state(vouch)).toBe("accepted");
    const balance = await client.query("SELECT balance FROM account WHERE id = $1", [usual]);
    expect(balance.rows).toEqual([{ balance: 90 }]);
  });

  it("begin with a floor for newcomers of an hour, or less where all have less", async () => {
    const { rows } = await client.query("SELECT newcomer_floor AS floor FROM community");
    expect(rows).toEqual([{ floor: -60 }]);
  });
});
