/** Rows written by a clock one year ahead do no harm once it is corrected. */
import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { localOf } from "../../domain/kernel/calendar";
import { processDueExchange } from "../exchange/process-due";
import { db } from "../platform/db/client";
import { owner } from "../platform/db/testing/pools";
import { deleteOldMails } from "../platform/mail/send-mail";
import { requireWithinRate } from "../platform/rate-limit";
import { makeCommunity, procedures } from "../testing/people";
import { BOUNDED_COLUMNS, boundClock, UNBOUNDED_COLUMNS } from "./clock";

const DAY = 86_400_000;
const now = new Date();
const inDays = (days: number) => new Date(now.getTime() + days * DAY);
const ahead = inDays(365);

type Fixture = Awaited<ReturnType<typeof makeCommunity<"rosa" | "karim">>>;
let fixture: Fixture;
beforeAll(async () => {
  fixture = await makeCommunity(["rosa", "karim"] as const);
});

const as = (name: keyof Fixture["members"], at = now) =>
  procedures(fixture.members[name].userId, at);
const here = () => ({ community: fixture.slug });
const what = { title: "Fix the bicycle", category: "repair" as const };
let asked = 0;
/** Karim requests help from Rosa, on another day each time. */
const propose = async (at: Date, startsInDays: number) => {
  const id = v7();
  asked += 1;
  await as("karim", at).exchange.propose({
    ...here(),
    id,
    otherId: fixture.members.rosa.id,
    mySide: "receiver",
    ...what,
    ...localOf(new Date(at.getTime() + (startsInDays + asked) * DAY), "Europe/Madrid"),
    minutes: 60,
    place: "giver",
    placeNote: "",
    note: "",
  });
  return id;
};
const record = async (by: "rosa" | "karim", mySide: "giver" | "receiver", at: Date) => {
  const id = v7();
  const other = by === "rosa" ? fixture.members.karim : fixture.members.rosa;
  await as(by, at).exchange.record({
    ...here(),
    id,
    otherId: other.id,
    mySide,
    ...what,
    minutes: 60,
    note: "",
    date: localOf(now, "Europe/Madrid").date,
    confirmedDuplicate: true,
  });
  return id;
};
const step = async (id: string) => {
  const { version } = await db.exchange.findFirstOrThrow({ where: { id } });
  return { ...here(), id, version };
};
const exchangeOf = (id: string) => db.exchange.findFirstOrThrow({ where: { id } });
const jobOf = async (key: string) => {
  const { rows } = await owner().query<{ run_at: Date }>(
    "SELECT run_at FROM graphile_worker._private_jobs WHERE key = $1",
    [key],
  );
  return rows[0]?.run_at;
};
const passes = (id: string, at: Date) =>
  processDueExchange({ communityId: fixture.id, exchangeId: id }, at);

describe("an exchange", () => {
  it("proposed or countered by the wrong clock waits no longer than any other", async () => {
    const proposed = await propose(ahead, 20);
    const countered = await propose(now, 5);
    await as("rosa", ahead).exchange.counter({
      ...(await step(countered)),
      ...localOf(inDays(450), "Europe/Madrid"),
      minutes: 60,
      place: "giver",
      placeNote: "",
    });
    const untouched = await propose(now, 5);
    const before = await exchangeOf(untouched);
    await boundClock(owner(), now);
    for (const id of [proposed, countered]) {
      expect((await exchangeOf(id)).dueAt).toEqual(inDays(14));
      expect(await jobOf(`exchange:${fixture.id}:${id}`)).toEqual(inDays(14));
      await passes(id, inDays(14));
      expect((await exchangeOf(id)).status).toBe("expired");
    }
    expect(await exchangeOf(untouched)).toEqual(before);
  });

  it("reported by the wrong clock reminds the other side as soon as any other", async () => {
    const id = await record("rosa", "giver", ahead);
    await boundClock(owner(), now);
    expect(await exchangeOf(id)).toMatchObject({ reportedAt: now, dueAt: inDays(3.5) });
    expect(await jobOf(`exchange:${fixture.id}:${id}`)).toEqual(inDays(3.5));
    // A reminder by the wrong clock is repeated, with the full time to answer.
    await passes(id, inDays(3.5));
    await db.exchange.updateMany({ where: { id }, data: { remindedAt: ahead } });
    await boundClock(owner(), inDays(4));
    expect(await exchangeOf(id)).toMatchObject({ remindedAt: null, status: "reported" });
    await passes(id, inDays(4));
    expect(await exchangeOf(id)).toMatchObject({ remindedAt: inDays(4), dueAt: inDays(7.5) });
  });

  it("whose job failed under the wrong clock is processed in time", async () => {
    const id = await propose(now, 5);
    const { dueAt } = await exchangeOf(id);
    await owner().query("UPDATE graphile_worker._private_jobs SET run_at = $1 WHERE key = $2", [
      ahead,
      `exchange:${fixture.id}:${id}`,
    ]);
    await boundClock(owner(), now);
    expect(await jobOf(`exchange:${fixture.id}:${id}`)).toEqual(dueAt);
  });

  it("settled by the wrong clock can still be returned for some days", async () => {
    const id = await record("karim", "receiver", ahead);
    await as("karim", ahead).thanks.write({ ...here(), exchangeId: id, text: "Thank you" });
    await boundClock(owner(), now);
    const credited = async (at: Date) =>
      (await as("rosa", at).home.get(here())).credited.map((each) => each.id);
    expect(await credited(inDays(6))).toContain(id);
    expect(await credited(inDays(8))).not.toContain(id);
    const thanksOn = async (at: Date) => {
      const { thanks } = await as("karim", at).thanks.forMember({
        ...here(),
        id: fixture.members.rosa.id,
      });
      return thanks.map(({ text }) => text);
    };
    expect(await thanksOn(inDays(6.9))).toEqual([]);
    expect(await thanksOn(inDays(7.1))).toEqual(["Thank you"]);
    const late = as("karim", inDays(1.1)).thanks.write({
      ...here(),
      exchangeId: id,
      text: "Buy here",
    });
    await expect(late).rejects.toMatchObject({ cause: { code: "thanksStay" } });
  });
});

describe("a listing", () => {
  const post = async (at: Date, title: string) => {
    const id = v7();
    await as("rosa", at).listing.create({
      ...here(),
      id,
      kind: "offer",
      title,
      description: "",
      category: "lessons",
      minutes: 60,
      places: ["mine"],
      availability: "",
    });
    return id;
  };

  it("created by the wrong clock lapses, and is neither the newest nor counted today", async () => {
    const id = await post(ahead, "Piano lessons");
    const renewed = await post(now, "Guitar lessons");
    await as("rosa", ahead).listing.renew({ ...here(), id: renewed });
    await boundClock(owner(), now);
    for (const each of [id, renewed]) {
      const listing = await db.listing.findFirstOrThrow({ where: { id: each } });
      expect(listing.expiresAt).toEqual(inDays(90));
      expect(listing.createdAt.getTime()).toBeLessThanOrEqual(now.getTime());
      expect(listing.updatedAt.getTime()).toBeLessThanOrEqual(now.getTime());
    }
  });

  it("counts as new in a search saved by the wrong clock", async () => {
    const id = v7();
    await as("karim", ahead).search.save({ ...here(), id, words: "violin" });
    await boundClock(owner(), now);
    await post(inDays(1), "Violin lessons");
    const saved = await as("karim", inDays(2)).search.saved(here());
    expect(saved.find((each) => each.id === id)).toMatchObject({ fresh: 1 });
  });
});

describe("access", () => {
  it("by an invitation of the wrong clock ends in time", async () => {
    const carla = procedures(fixture.coordinator.userId, ahead);
    const { id } = await carla.community.invite({ ...here(), label: "", days: 7, maxUses: 2 });
    await boundClock(owner(), now);
    const { expiresAt } = await db.invitation.findFirstOrThrow({ where: { id } });
    expect(expiresAt).toEqual(inDays(7));
  });

  it("counts attempts from now on, without those of the wrong clock", async () => {
    const key = v7();
    for (let time = 0; time < 5; time += 1) await requireWithinRate("linkEmail", key, ahead);
    await boundClock(owner(), now);
    await requireWithinRate("linkEmail", key, now);
  });

  it("ends for links in e-mails of the wrong clock, which are deleted in time", async () => {
    const recipient = `${v7()}@example.org`;
    const mail = { subject: "", text: "", html: "", recipient };
    const aMinute = new Date(ahead.getTime() + 60_000);
    await db.mail.createMany({
      data: [
        { ...mail, id: v7(), createdAt: ahead, expiresAt: aMinute },
        { ...mail, id: v7(), createdAt: ahead, sentAt: ahead },
      ],
    });
    await boundClock(owner(), now);
    const mails = await db.mail.findMany({ where: { recipient } });
    expect(mails.map(({ createdAt }) => createdAt)).toEqual([now, now]);
    expect(mails.map(({ expiresAt }) => expiresAt)).toEqual(expect.arrayContaining([now, null]));
    expect(mails.map(({ sentAt }) => sentAt)).toEqual(expect.arrayContaining([now, null]));
    await deleteOldMails(inDays(7.1));
    expect(await db.mail.count({ where: { recipient } })).toBe(1);
    await deleteOldMails(inDays(30.1));
    expect(await db.mail.count({ where: { recipient } })).toBe(0);
  });
});

describe("a job", () => {
  it("with a schedule runs again in its next night", async () => {
    const identifier = `test-${v7()}`;
    await owner().query(
      `INSERT INTO graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
       VALUES ($1, $2, $3)`,
      [identifier, now, ahead],
    );
    await boundClock(owner(), now);
    const { rows } = await owner().query(
      `DELETE FROM graphile_worker._private_known_crontabs WHERE identifier = $1
       RETURNING last_execution AS at`,
      [identifier],
    );
    expect(rows).toEqual([{ at: null }]);
  });
});

it("covers each column that holds a time", async () => {
  const { rows } = await owner().query<{ name: string }>(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type LIKE 'timestamp%'
       AND table_name NOT LIKE '\\_prisma%' AND table_name <> 'statement'`,
  );
  const written = Object.entries(BOUNDED_COLUMNS).flatMap(([table, columns]) =>
    columns.map((column) => `${table}.${column}`),
  );
  expect(rows.map(({ name }) => name).sort()).toEqual([...written, ...UNBOUNDED_COLUMNS].sort());
});
