import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { localOf } from "../../domain/kernel/calendar";
import { checkBooks } from "../ledger/statement";
import { deliverNotifications } from "../notification/deliver";
import { db } from "../platform/db/client";
import { balanceOf, makeCommunity, procedures } from "../testing/people";
import { processDueExchange } from "./process-due";

const DAY_MS = 86_400_000;
type Fixture = Awaited<ReturnType<typeof makeCommunity<"rosa" | "karim">>>;

let fixture: Fixture;
let rosa: ReturnType<typeof procedures>;
let karim: ReturnType<typeof procedures>;
let carla: ReturnType<typeof procedures>;

/** Each test has its own community, so that balances start at zero. */
const createFixture = async () => {
  fixture = await makeCommunity(["rosa", "karim"] as const);
  rosa = procedures(fixture.members.rosa.userId);
  karim = procedures(fixture.members.karim.userId);
  carla = procedures(fixture.coordinator.userId);
};
beforeAll(createFixture);

const community = () => ({ community: fixture.slug });
// A giver cannot give two exchanges at once, so each proposal is for another day.
let proposals = 0;
const terms = (minutes = 60, inDays = 2 + (proposals++ % 300)) => ({
  ...localOf(new Date(Date.now() + inDays * DAY_MS), "Europe/Madrid"),
  minutes,
  place: "giver" as const,
  placeNote: "",
});
const help = { title: "Fix the bicycle", category: "repair" as const };

/** Karim proposes to receive help from Rosa. */
const propose = async (minutes = 60) => {
  const { id } = await karim.exchange.propose({
    ...community(),
    id: v7(),
    otherId: fixture.members.rosa.id,
    mySide: "receiver",
    ...help,
    ...terms(minutes),
    note: "",
  });
  return id;
};
const step = async (id: string) => {
  const { version } = await db.exchange.findFirstOrThrow({ where: { id } });
  return { ...community(), id, version };
};
const agreed = async (minutes = 60) => {
  const id = await propose(minutes);
  await rosa.exchange.agree(await step(id));
  return id;
};
const statusOf = async (id: string) =>
  (await db.exchange.findFirstOrThrow({ where: { id } })).status;
const balances = async () => ({
  rosa: await balanceOf(fixture.id, fixture.members.rosa.id),
  karim: await balanceOf(fixture.id, fixture.members.karim.id),
});
const refusal = async (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: { cause?: { code?: string }; code: string; message: string }) =>
      error.cause?.code ?? error.code,
  );

describe("exchanges", () => {
  it("settles a countered proposal with its agreed 90 minutes", async () => {
    await createFixture();
    const id = await propose(60);
    await rosa.exchange.counter({ ...(await step(id)), ...terms(90, 3) });
    await karim.exchange.agree(await step(id));
    expect(await balances()).toMatchObject({ karim: { balance: 0, held: 90 } });
    await rosa.exchange.report({ ...(await step(id)), minutes: 90 });
    expect(await statusOf(id)).toBe("reported");
    await karim.exchange.confirm(await step(id));
    expect(await balances()).toEqual({
      rosa: { balance: 90, held: 0 },
      karim: { balance: -90, held: 0 },
    });
    const seen = await karim.exchange.get({ ...community(), id });
    expect(seen.events.map(({ kind }) => kind)).toEqual([
      "proposed",
      "countered",
      "agreed",
      "reported",
      "confirmed",
    ]);
    expect(await checkBooks(fixture.id)).toEqual([]);
  });

  it("releases the hold when a side cancels", async () => {
    await createFixture();
    const id = await agreed(120);
    await karim.exchange.cancel({ ...(await step(id)), reason: "I have a cold" });
    expect(await balances()).toMatchObject({ karim: { balance: 0, held: 0 } });
    expect(await checkBooks(fixture.id)).toEqual([]);
  });

  it("settles a receiver's record immediately, and only once for eight concurrent requests", async () => {
    await createFixture();
    const record = {
      ...community(),
      id: v7(),
      otherId: fixture.members.rosa.id,
      mySide: "receiver" as const,
      ...help,
      date: localOf(new Date(), "Europe/Madrid").date,
      minutes: 60,
      note: "Thank you!",
    };
    await Promise.all(Array.from({ length: 8 }, () => karim.exchange.record(record)));
    expect(await balances()).toMatchObject({ rosa: { balance: 60 }, karim: { balance: -60 } });
    expect(await db.exchangeNote.count({ where: { exchangeId: record.id } })).toBe(1);
  });

  it("turns an unanswered giver's record into a dispute, never into a settlement", async () => {
    await createFixture();
    const { id } = await rosa.exchange.record({
      ...community(),
      id: v7(),
      otherId: fixture.members.karim.id,
      mySide: "giver",
      ...help,
      date: localOf(new Date(), "Europe/Madrid").date,
      minutes: 60,
      note: "",
    });
    expect(await balances()).toMatchObject({ rosa: { balance: 0 }, karim: { balance: 0 } });
    const to = { communityId: fixture.id, exchangeId: id };
    await processDueExchange(to, new Date(Date.now() + 4 * DAY_MS));
    await processDueExchange(to, new Date(Date.now() + 30 * DAY_MS));
    expect(await statusOf(id)).toBe("disputed");
    expect(await balances()).toMatchObject({ rosa: { balance: 0 } });
    const { disputed } = await carla.community.overview(community());
    expect(disputed.map((exchange) => exchange.id)).toEqual([id]);
    await carla.exchange.resolveWithHours({
      ...(await step(id)),
      minutes: 45,
      reason: "Both agree on this",
    });
    expect(await balances()).toMatchObject({ rosa: { balance: 45 }, karim: { balance: -45 } });
  });

  it("counts a dispute only for coordinators who are not a side of it", async () => {
    await createFixture();
    const record = async (otherId: string) => {
      const { id } = await rosa.exchange.record({
        ...community(),
        id: v7(),
        otherId,
        mySide: "giver",
        ...help,
        minutes: 60,
        note: "",
        date: localOf(new Date(), "Europe/Madrid").date,
      });
      return id;
    };
    const theirs = await record(fixture.members.karim.id);
    const own = await record(fixture.coordinator.id);
    await karim.exchange.dispute({ ...(await step(theirs)), reason: "" });
    await carla.exchange.dispute({ ...(await step(own)), reason: "" });
    const counts = (caller: typeof rosa) =>
      Promise.all([
        caller.home.waiting(community()).then(({ decisions }) => decisions),
        caller.home.get(community()).then(({ decisions }) => decisions),
      ]);
    // Carla cannot resolve the dispute of which she is a side.
    expect(await counts(carla)).toEqual([1, 1]);
    for (const member of [rosa, karim]) expect(await counts(member)).toEqual([0, 0]);
    await carla.exchange.resolveWithHours({
      ...(await step(theirs)),
      minutes: 45,
      reason: "Both agree",
    });
    expect(await counts(carla)).toEqual([0, 0]);
  });

  it("settles an unanswered report after a reminder, for no more than the agreed minutes", async () => {
    await createFixture();
    const id = await agreed(60);
    await rosa.exchange.report({ ...(await step(id)), minutes: 180 });
    // Reminders contain the title only for verified addresses.
    await db.user.updateMany({ data: { emailVerifiedAt: new Date() } });
    const to = { communityId: fixture.id, exchangeId: id };
    const { startsAt } = await db.exchange.findFirstOrThrow({ where: { id } });
    const end = startsAt.getTime() + 60 * 60_000;
    await processDueExchange(to, new Date(end + 2 * DAY_MS));
    expect(await statusOf(id)).toBe("reported");
    await processDueExchange(to, new Date(end + 4 * DAY_MS));
    expect(await statusOf(id)).toBe("reported");
    await deliverNotifications(
      { communityId: fixture.id, subject: { exchangeId: id } },
      // After the quiet hours, whenever the test runs.
      new Date(end + 5 * DAY_MS),
    );
    expect(await db.mail.count({ where: { subject: { contains: help.title } } })).toBeGreaterThan(
      0,
    );
    // Two concurrent jobs and a repeated one.
    const late = new Date(end + 8 * DAY_MS);
    await Promise.all([processDueExchange(to, late), processDueExchange(to, late)]);
    await processDueExchange(to, late);
    expect(await statusOf(id)).toBe("settled");
    expect(await balances()).toMatchObject({
      rosa: { balance: 60 },
      karim: { balance: -60, held: 0 },
    });
    expect(await checkBooks(fixture.id)).toEqual([]);
  });

  it("leaves text that members wrote out of a reminder to an unverified address", async () => {
    await createFixture();
    const id = await agreed(60);
    const { userId } = fixture.members.karim;
    const { email: recipient } = await db.user.update({
      where: { id: userId },
      data: { name: "Mallory", emailVerifiedAt: null },
    });
    await db.member.updateMany({ where: { userId }, data: { displayName: "Mallory" } });
    await db.exchange.updateMany({ where: { id }, data: { title: "Buy at evil.example" } });
    await rosa.exchange.report({ ...(await step(id)), minutes: 60 });
    const { startsAt } = await db.exchange.findFirstOrThrow({ where: { id } });
    const late = new Date(startsAt.getTime() + 5 * DAY_MS);
    const due = { communityId: fixture.id, exchangeId: id };
    await processDueExchange(due, late);
    await deliverNotifications(
      { communityId: fixture.id, subject: { exchangeId: id } },
      new Date(late.getTime() + DAY_MS),
    );
    const [mail] = await db.mail.findMany({ where: { recipient } });
    expect(mail?.text).toContain(`/exchanges/${id}`);
    expect(`${mail?.subject}${mail?.text}${mail?.html}`).not.toMatch(/evil|Mallory/);
  });

  it("lets only a coordinator reverse an exchange, and only once", async () => {
    await createFixture();
    const id = await agreed(60);
    await karim.exchange.report({ ...(await step(id)), minutes: 60 });
    expect(await refusal(karim.exchange.reverse({ ...(await step(id)), reason: "Oops" }))).toBe(
      "notFound",
    );
    const seen = await step(id);
    const attempts = [1, 2].map(() =>
      refusal(carla.exchange.reverse({ ...seen, reason: "Wrong person" })),
    );
    expect((await Promise.all(attempts)).sort()).toEqual(["accepted", "alreadyReversed"]);
    expect(await balances()).toMatchObject({ rosa: { balance: 0 }, karim: { balance: 0 } });
    const mine = await karim.account.statement(community());
    expect(mine.lines.map(({ minutes }) => minutes)).toEqual([60, -60]);
    expect((await karim.account.mine(community())).totals).toEqual({ given: 0, received: 0 });
    expect(await checkBooks(fixture.id)).toEqual([]);
  });
});

describe("the floor", () => {
  it("refuses an agreement beyond the floor, with the available minutes for the receiver only", async () => {
    await createFixture();
    await agreed(540);
    const id = await propose(90);
    const refused = rosa.exchange.agree(await step(id));
    // Rosa must not learn how many minutes Karim has left.
    await expect(refused).rejects.toMatchObject({
      code: "CONFLICT",
      cause: { code: "floorOfReceiver", values: {} },
    });
    expect(await statusOf(id)).toBe("proposed");
    expect(await balances()).toMatchObject({ karim: { held: 540 } });
  });

  it("settles the agreed minutes at the floor, and refuses an overrun", async () => {
    await createFixture();
    const id = await agreed(600);
    await rosa.exchange.report({ ...(await step(id)), minutes: 660 });
    expect(await refusal(karim.exchange.confirm(await step(id)))).toBe("overrunRefused");
    expect(await statusOf(id)).toBe("reported");
    await rosa.exchange.report({ ...(await step(id)), minutes: 600 });
    await karim.exchange.confirm(await step(id));
    expect(await balances()).toMatchObject({ karim: { balance: -600, held: 0 } });
  });
});

describe("concurrent steps", () => {
  it("settles once for 16 concurrent confirmations", async () => {
    await createFixture();
    const id = await agreed(60);
    await rosa.exchange.report({ ...(await step(id)), minutes: 60 });
    const seen = await step(id);
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => refusal(karim.exchange.confirm(seen))),
    );
    expect(answers.filter((answer) => answer === "accepted")).toHaveLength(1);
    expect(new Set(answers)).toEqual(new Set(["accepted", "exchangeOver"]));
    expect(await balances()).toMatchObject({ rosa: { balance: 60 }, karim: { balance: -60 } });
    expect(await checkBooks(fixture.id)).toEqual([]);
  });

  it("accepts either a cancellation or a concurrent report, and applies it completely", async () => {
    for (let round = 0; round < 5; round += 1) {
      await createFixture();
      const id = await agreed(60);
      const seen = await step(id);
      const [cancelled, reported] = await Promise.all([
        refusal(rosa.exchange.cancel({ ...seen, reason: "" })),
        refusal(karim.exchange.report({ ...seen, minutes: 60 })),
      ]);
      expect([cancelled, reported].filter((answer) => answer === "accepted")).toHaveLength(1);
      const moved = reported === "accepted" ? 60 : 0;
      expect(await balances()).toEqual({
        rosa: { balance: moved, held: 0 },
        karim: { balance: -moved || 0, held: 0 },
      });
      expect(await checkBooks(fixture.id)).toEqual([]);
    }
  });

  it("never holds minutes beyond the floor for eight concurrent agreements", async () => {
    await createFixture();
    const ids = [];
    const setPendingBy = (pendingById: string) =>
      db.exchange.updateMany({
        where: { communityId: fixture.id, status: "proposed" },
        data: { pendingById },
      });
    for (let count = 0; count < 8; count += 1) {
      ids.push(await propose(180));
      // Makes room: only a few proposals of one member may wait for another's answer.
      await setPendingBy(fixture.members.rosa.id);
    }
    await setPendingBy(fixture.members.karim.id);
    const answers = await Promise.all(
      ids.map(async (id) => refusal(rosa.exchange.agree(await step(id)))),
    );
    expect(answers.filter((answer) => answer === "accepted")).toHaveLength(3);
    expect(await balances()).toMatchObject({ karim: { held: 540 } });
    expect(await checkBooks(fixture.id)).toEqual([]);
  });

  it("refuses an answer to an older version with exchangeChanged", async () => {
    await createFixture();
    const id = await propose(60);
    const old = await step(id);
    await rosa.exchange.counter({ ...old, ...terms(30) });
    await karim.exchange.counter({ ...(await step(id)), ...terms(45) });
    expect(await refusal(rosa.exchange.agree(old))).toBe("exchangeChanged");
    expect(await statusOf(id)).toBe("proposed");
  });
});

describe("input validation", () => {
  const proposal = (change: object) =>
    karim.exchange.propose({
      ...community(),
      id: v7(),
      otherId: fixture.members.rosa.id,
      mySide: "receiver",
      ...help,
      ...terms(),
      note: "",
      ...change,
    });

  it("refuses each invalid proposal with its error code, and saves nothing", async () => {
    await createFixture();
    const other = await makeCommunity(["sam"] as const);
    const cases: [object, string][] = [
      [{ minutes: 0 }, "BAD_REQUEST"],
      [{ minutes: -60 }, "BAD_REQUEST"],
      [{ minutes: 1.5 }, "BAD_REQUEST"],
      [{ minutes: 2 ** 53 }, "BAD_REQUEST"],
      [{ minutes: 20 }, "minutesNotAStep"],
      [{ minutes: "60" }, "BAD_REQUEST"],
      [{ minutes: { gt: 0 } }, "BAD_REQUEST"],
      [{ date: "1999-01-01" }, "dateInPast"],
      [{ date: "2999-01-01" }, "dateTooFar"],
      [{ date: "2026-02-31" }, "dateNotReal"],
      [{ otherId: fixture.members.karim.id }, "sameGiverAndReceiver"],
      [{ otherId: other.members.sam.id }, "notFound"],
      [{ listingId: v7(), otherId: undefined }, "notFound"],
      [{ title: "x".repeat(1_000_000) }, "BAD_REQUEST"],
      [{ title: "\u0000\u202E" }, "BAD_REQUEST"],
      [{ surprise: true }, "BAD_REQUEST"],
      [{ id: "1; DROP TABLE transfer" }, "BAD_REQUEST"],
      [{ community: other.slug }, "notFound"],
    ];
    for (const [change, expected] of cases) {
      expect([change, await refusal(proposal(change))]).toEqual([change, expected]);
    }
    expect(await db.exchange.count({ where: { communityId: fixture.id } })).toBe(0);
  });

  it("preserves emoji in a title and removes bidirectional controls", async () => {
    await createFixture();
    const { id } = await proposal({ title: "Cake 🎂\u202E for\u0007 you" });
    expect(await db.exchange.findFirst({ where: { id } })).toMatchObject({
      title: "Cake 🎂 for you",
    });
  });

  it("refuses a proposal for a closed listing", async () => {
    await createFixture();
    const listing = {
      ...community(),
      id: v7(),
      kind: "offer" as const,
      title: "Bicycle repair",
      description: "",
      category: "repair" as const,
      minutes: 60,
      places: ["mine" as const],
      availability: "",
    };
    const { id } = await rosa.listing.create(listing);
    await rosa.listing.close({ ...community(), id });
    expect(await refusal(proposal({ listingId: id, otherId: undefined, mySide: undefined }))).toBe(
      "listingNotOpen",
    );
    expect(await refusal(karim.listing.close({ ...community(), id }))).toBe("notFound");
    expect(await refusal(karim.listing.create(listing))).toBe("idTaken");
  });
});

describe("a long thread", () => {
  it("returns the latest 500 notes and events", async () => {
    await createFixture();
    const id = await agreed();
    const by = { communityId: fixture.id, exchangeId: id, memberId: fixture.members.karim.id };
    const at = (ago: number) => new Date(Date.now() - ago * 1000);
    await db.exchangeNote.createMany({
      data: Array.from({ length: 600 }, (_, n) => ({
        ...by,
        id: v7(),
        text: "noise",
        createdAt: at(1000 - n),
      })),
    });
    await db.exchangeEvent.createMany({
      data: Array.from({ length: 1500 }, (_, n) => ({
        ...by,
        version: n + 3,
        at: at(0),
        kind: "late",
        minutes: 5,
        startsAt: at(0),
      })),
    });
    await db.exchange.updateMany({ where: { id }, data: { version: 1502 } });
    await rosa.exchange.note({ ...community(), id: v7(), exchangeId: id, text: "See you there" });
    await rosa.exchange.reportDelay({ ...(await step(id)), minutes: 10 });
    const { notes, events } = await karim.exchange.get({ ...community(), id });
    expect(notes.at(-1)?.text).toBe("See you there");
    expect(notes.length).toBeLessThanOrEqual(500);
    expect(events.at(-1)).toMatchObject({ kind: "late", number: 1503 });
    expect(events.length).toBeLessThanOrEqual(500);
  });
});

describe("access", () => {
  it("hides exchanges, accounts and other communities from members without access to them", async () => {
    await createFixture();
    const id = await agreed(60);
    const elsewhere = await makeCommunity(["sam"] as const);
    const sam = procedures(elsewhere.members.sam.userId);
    const visitor = procedures(null);
    const reads = [
      () => sam.exchange.get({ ...community(), id }),
      () => sam.exchange.get({ community: elsewhere.slug, id }),
      () => sam.account.of({ community: elsewhere.slug, memberId: fixture.members.rosa.id }),
      () => sam.account.statement({ community: elsewhere.slug, memberId: fixture.members.rosa.id }),
      () => sam.member.get({ community: elsewhere.slug, id: fixture.members.rosa.id }),
      () => sam.community.here(community()),
      () => karim.account.statement({ ...community(), memberId: fixture.members.rosa.id }),
      () => karim.community.overview(community()),
    ];
    for (const read of reads) expect(await refusal(read())).toBe("notFound");
    expect(await refusal(visitor.community.here(community()))).toBe("signInFirst");
  });

  it("shows contact details only to the other side of an agreed exchange", async () => {
    await createFixture();
    await rosa.member.updateProfile({
      ...community(),
      displayName: "Rosa",
      about: "",
      languages: [],
      neighbourhood: "",
      contact: "Ring twice",
    });
    const page = () => karim.member.get({ ...community(), id: fixture.members.rosa.id });
    expect((await page()).contact).toBeNull();
    await propose();
    expect((await page()).contact).toBeNull();
    await agreed();
    expect((await page()).contact).toBe("Ring twice");
  });
});
