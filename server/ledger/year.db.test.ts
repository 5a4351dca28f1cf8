/** An account's year and complete statement: figures, limits and access. */
import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { everyLine } from "../../app/[community]/account/every-line";
import { db } from "../platform/db/client";
import { post, reverse } from "../platform/db/testing/books";
import { app } from "../platform/db/testing/pools";
import { makeCommunity, procedures } from "../testing/people";

type Fixture = Awaited<ReturnType<typeof makeCommunity<"rosa" | "karim" | "mina">>>;
let fixture: Fixture;
let rosa: ReturnType<typeof procedures>;
let carla: ReturnType<typeof procedures>;
const NOW = new Date("2026-11-20T12:00:00Z");

/** An exchange settled at a given time, as in the ledger. */
async function settle(
  giver: string,
  receiver: string,
  minutes: number,
  at: string,
  category = "repair",
) {
  const id = v7();
  await db.exchange.create({
    data: {
      communityId: fixture.id,
      id,
      giverId: giver,
      receiverId: receiver,
      status: "reported",
      version: 1,
      title: `=${category}`,
      category,
      startsAt: new Date(at),
      minutes,
      place: "giver",
      placeNote: "",
      pendingById: giver,
      createdAt: new Date(at),
    },
  });
  const books = { community: fixture.id };
  const leg = { id, debit: receiver, credit: giver, minutes, exchange: id, when: at };
  await post(books, leg);
  return id;
}

beforeAll(async () => {
  fixture = await makeCommunity(["rosa", "karim", "mina"] as const);
  const { rosa: me, karim, mina } = fixture.members;
  rosa = procedures(me.userId, NOW);
  carla = procedures(fixture.coordinator.userId, NOW);
  await db.member.updateMany({ where: { id: me.id }, data: { joinedAt: new Date("2025-05-01") } });
  await settle(me.id, karim.id, 60, "2025-06-10T10:00:00Z");
  // In Madrid it is December already.
  await settle(me.id, mina.id, 30, "2025-11-30T23:30:00Z", "garden");
  await settle(mina.id, me.id, 15, "2026-03-31T21:59:00Z");
  await settle(karim.id, me.id, 45, "2026-03-31T22:00:00Z", "garden");
  const undone = await settle(me.id, karim.id, 300, "2026-04-02T10:00:00Z");
  await reverse({ community: fixture.id }, v7(), undone);
});

const here = () => ({ community: fixture.slug });

describe("the last twelve months", () => {
  it("show the minutes given and received and the final balance of each", async () => {
    const { months, years } = await rosa.account.year(here());
    expect(months.map(({ month }) => month)).toEqual([
      "2025-12",
      "2026-01",
      "2026-02",
      "2026-03",
      "2026-04",
      "2026-05",
      "2026-06",
      "2026-07",
      "2026-08",
      "2026-09",
      "2026-10",
      "2026-11",
    ]);
    expect(months.slice(0, 6)).toEqual([
      { month: "2025-12", given: 30, received: 0, balance: 90 },
      { month: "2026-01", given: 0, received: 0, balance: 90 },
      { month: "2026-02", given: 0, received: 0, balance: 90 },
      { month: "2026-03", given: 0, received: 15, balance: 75 },
      // A reversed exchange counts in no total, but in the balance until its reversal.
      { month: "2026-04", given: 0, received: 45, balance: 330 },
      { month: "2026-05", given: 0, received: 0, balance: 330 },
    ]);
    // It was reversed when this test ran.
    const now = procedures(fixture.members.rosa.userId);
    expect((await now.account.year(here())).months.at(-1)).toMatchObject({ balance: 30 });
    expect(years).toEqual([2026, 2025]);
  });

  it("show the number of people and the categories", async () => {
    const { people, exchanges, given, received, categories } = await rosa.account.year(here());
    expect({ people, exchanges, given, received }).toEqual({
      people: 2,
      exchanges: 3,
      given: 30,
      received: 60,
    });
    expect(categories).toEqual([
      { category: "garden", given: 30, received: 45 },
      { category: "repair", given: 0, received: 15 },
    ]);
  });
});

describe("a calendar year", () => {
  it("spans January to December, or to now", async () => {
    const last = await rosa.account.year({ ...here(), year: 2025 });
    expect(last.months).toHaveLength(12);
    expect(last).toMatchObject({ given: 90, received: 0, people: 2, exchanges: 2 });
    expect(last.months.at(-1)).toEqual({ month: "2025-12", given: 30, received: 0, balance: 90 });
    expect((await rosa.account.year({ ...here(), year: 2026 })).months).toHaveLength(11);
    const before = await rosa.account.year({ ...here(), year: 1999 });
    expect(before).toMatchObject({ given: 0, people: 0, exchanges: 0, categories: [] });
    await expect(rosa.account.year({ ...here(), year: 2027 })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

describe("the whole statement", () => {
  it("lists all lines within the filters, oldest first", async () => {
    const { lines, isCut, holder } = await rosa.account.wholeStatement(here());
    expect(lines.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
    expect([isCut, holder.displayName]).toEqual([false, "rosa"]);
    const march = { ...here(), from: "2026-03-01", to: "2026-03-31", direction: "out" as const };
    const { lines: some } = await rosa.account.wholeStatement(march);
    expect(some.map(({ minutes, balance }) => [minutes, balance])).toEqual([[-15, 75]]);
  });
});

describe("a statement longer than one read", () => {
  it("has each line once, oldest first", async () => {
    const { id, slug, members } = await makeCommunity(["rosa", "karim"] as const);
    const me = procedures(members.rosa.userId);
    const LINES = 5010;
    // Back and forth, to stay within the limits; in several transactions, for speed.
    for (let made = 0; made < LINES; made += 501) {
      await app().query(
        `WITH sides AS (
           SELECT gen_random_uuid() AS id, CASE n % 2 WHEN 0 THEN $2::uuid ELSE $3::uuid END AS debit,
             CASE n % 2 WHEN 0 THEN $3::uuid ELSE $2::uuid END AS credit
           FROM generate_series(1, 501) AS n
         ), made AS (
           INSERT INTO exchange (community_id, id, giver_id, receiver_id, status, version, title,
             category, starts_at, minutes, place, place_note, pending_by_id, created_at)
           SELECT $1, id, credit, debit, 'settled', 1, 'T', 'other', now(), 1, 'giver', '', debit, now()
           FROM sides RETURNING id
         )
         INSERT INTO exchange_event (community_id, exchange_id, version, at, member_id, kind, minutes)
         SELECT $1, id, 1, now(), debit, 'recorded', 1
         FROM sides, (SELECT count(*) AS exchanges FROM made) AS counted WHERE exchanges > 0
         RETURNING post_transfer($1, exchange_id, 'exchange', member_id,
           CASE member_id WHEN $2 THEN $3::uuid ELSE $2::uuid END, 1, exchange_id)`,
        [id, members.rosa.id, members.karim.id],
      );
    }
    const ask = (before?: number) => me.account.wholeStatement({ community: slug, before });
    expect((await ask()).isCut).toBe(true);
    const { lines, isCut } = await everyLine(ask);
    expect(lines.map(({ version }) => version)).toEqual(
      Array.from({ length: LINES }, (_, before) => before + 1),
    );
    expect(isCut).toBe(false);
  });
});

describe("another member's year", () => {
  it("is for coordinators of that community only", async () => {
    const { id } = fixture.members.rosa;
    const asked = { ...here(), memberId: id };
    expect((await carla.account.year(asked)).given).toBe(30);
    expect((await carla.account.wholeStatement(asked)).lines).toHaveLength(6);
    const elsewhere = await makeCommunity(["tom"] as const);
    const foreign = procedures(elsewhere.coordinator.userId, NOW);
    const karim = procedures(fixture.members.karim.userId, NOW);
    for (const [person, input] of [
      [karim, asked],
      [foreign, asked],
      [foreign, { community: elsewhere.slug, memberId: id }],
      [karim, { ...here(), memberId: v7() }],
      [procedures(null), asked],
    ] as const) {
      const code = person === karim || person === foreign ? "NOT_FOUND" : "UNAUTHORIZED";
      await expect(person.account.year(input)).rejects.toMatchObject({ code });
      await expect(person.account.wholeStatement(input)).rejects.toMatchObject({ code });
    }
    // The fund is no member and has its own page.
    const fund = { ...here(), memberId: fixture.id };
    await expect(carla.account.wholeStatement(fund)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(carla.account.year(fund)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
