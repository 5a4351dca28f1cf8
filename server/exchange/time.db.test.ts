import { v5, v7 } from "uuid";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Repeat } from "../../domain/exchange/repeat";
import { localOf } from "../../domain/kernel/calendar";
import { checkBooks } from "../ledger/statement";
import { db } from "../platform/db/client";
import { app, owner } from "../platform/db/testing/pools";
import { balanceOf, makeCommunity, procedures, signedInProcedures } from "../testing/people";
import { processDueExchange } from "./process-due";

const DAY_MS = 86_400_000;
const TIME_ZONE = "Europe/Madrid";
const dayIn = (days: number) => localOf(new Date(Date.now() + days * DAY_MS), TIME_ZONE).date;

let fixture: Awaited<ReturnType<typeof makeCommunity<"rosa" | "karim" | "lena">>>;
let rosa: ReturnType<typeof procedures>;
let karim: ReturnType<typeof procedures>;
let lena: ReturnType<typeof procedures>;

const createFixture = async () => {
  fixture = await makeCommunity(["rosa", "karim", "lena"] as const);
  const { members } = fixture;
  [rosa, karim, lena] = [members.rosa, members.karim, members.lena].map(({ userId }) =>
    procedures(userId),
  ) as [typeof rosa, typeof karim, typeof lena];
};
beforeAll(createFixture);

/** Ends pending proposals and ages unsuccessful ones, so that the limits do not refuse the next test's. */
const resetLimits = async () => {
  const { id: communityId } = fixture;
  await db.exchange.updateMany({
    where: { communityId, status: "proposed" },
    data: { status: "withdrawn", endedAt: new Date() },
  });
  await db.exchange.updateMany({
    where: { communityId, agreedAt: null, endedAt: { not: null } },
    data: { createdAt: new Date(Date.now() - 8 * DAY_MS) },
  });
};
beforeEach(resetLimits);

const community = () => ({ community: fixture.slug });
const help = { title: "Fix the bicycle", category: "repair" as const, note: "" };
const place = { place: "giver" as const, placeNote: "" };

/** A member proposes to receive help from Rosa. */
const ask = async (
  receiver: typeof karim,
  when: { date: string; time: string },
  more: { minutes?: number; repeat?: Repeat } = {},
) => {
  const { minutes = 60, ...rest } = more;
  const { id } = await receiver.exchange.propose({
    ...community(),
    id: v7(),
    otherId: fixture.members.rosa.id,
    mySide: "receiver",
    ...help,
    ...when,
    ...place,
    minutes,
    ...rest,
    // Other tests cover duplicates.
    confirmedDuplicate: true,
  });
  return id;
};
const step = async (id: string) => {
  const { version } = await db.exchange.findFirstOrThrow({ where: { id } });
  return { ...community(), id, version };
};
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: { cause?: { code?: string }; code: string }) => error.cause?.code ?? error.code,
  );
const rowOf = (id: string) => db.exchange.findFirstOrThrow({ where: { id } });

describe("overlapping agreements of a giver", () => {
  it("accepts one of two concurrent agreements that overlap, and shows only the giver why", async () => {
    const when = { date: dayIn(3), time: "10:00" };
    const ids = [await ask(karim, when), await ask(lena, { ...when, time: "10:30" })];
    const answers = await Promise.all(
      ids.map(async (id) => refusal(rosa.exchange.agree(await step(id)))),
    );
    expect(answers.sort()).toEqual(["accepted", "giverBusy"]);
    const statuses = await Promise.all(ids.map(async (id) => (await rowOf(id)).status));
    expect(statuses.sort()).toEqual(["agreed", "proposed"]);
    const loser = ids[statuses[0] === "agreed" ? 1 : 0];
    const open = (await Promise.all(ids.map(rowOf))).find(({ status }) => status === "proposed");
    expect(loser).toBeDefined();
    // The giver sees on the exchange's page that the time is taken; the receiver does not.
    const seen = await rosa.exchange.get({ ...community(), id: open?.id ?? "" });
    expect(seen.isTaken).toBe(true);
    const receiver = open?.receiverId === fixture.members.karim.id ? karim : lena;
    const theirs = await receiver.exchange.get({ ...community(), id: open?.id ?? "" });
    expect(theirs.isTaken).toBe(false);
    expect(await checkBooks(fixture.id)).toEqual([]);
  });

  it("accepts exactly one of three concurrent agreements in each of eight rounds", async () => {
    for (let round = 0; round < 8; round += 1) {
      await resetLimits();
      const when = { date: dayIn(20 + round), time: "09:00" };
      const ids = await Promise.all([ask(karim, when), ask(lena, when), ask(karim, when)]);
      const answers = await Promise.all(
        ids.map(async (id) => refusal(rosa.exchange.agree(await step(id)))),
      );
      expect(answers.filter((answer) => answer === "accepted")).toHaveLength(1);
      expect(answers.filter((answer) => answer === "giverBusy")).toHaveLength(2);
      for (const id of ids) {
        const { status } = await rowOf(id);
        const reason = "";
        if (status === "agreed") await rosa.exchange.cancel({ ...(await step(id)), reason });
        else await rosa.exchange.decline({ ...(await step(id)), reason });
      }
    }
    expect(await balanceOf(fixture.id, fixture.members.karim.id)).toMatchObject({ balance: 0 });
  });

  it("allows back-to-back exchanges, and refuses a giver's offer that overlaps", async () => {
    const date = dayIn(4);
    const first = await ask(karim, { date, time: "10:00" });
    await rosa.exchange.agree(await step(first));
    const next = await ask(lena, { date, time: "11:00" });
    await rosa.exchange.agree(await step(next));
    const offer = (time: string, minutes: number) =>
      rosa.exchange.propose({
        ...community(),
        id: v7(),
        otherId: fixture.members.lena.id,
        mySide: "giver" as const,
        ...help,
        ...place,
        date,
        time,
        minutes,
      });
    expect(await refusal(offer("10:45", 60))).toBe("giverBusy");
    expect(await refusal(offer("09:30", 45))).toBe("giverBusy");
    // Rosa may receive help while she gives help: only giving is exclusive.
    const id = v7();
    await rosa.exchange.propose({
      ...community(),
      id,
      otherId: fixture.members.karim.id,
      mySide: "receiver",
      ...help,
      ...place,
      date,
      time: "10:15",
      minutes: 60,
    });
    await karim.exchange.agree(await step(id));
    expect((await rowOf(id)).status).toBe("agreed");
  });

  it("refuses overlapping agreed rows by a database constraint", async () => {
    const date = dayIn(5);
    const id = await ask(karim, { date, time: "10:00" });
    await rosa.exchange.agree(await step(id));
    const insertCopy = (change: string) =>
      app()
        .query(
          `INSERT INTO exchange (community_id, id, giver_id, receiver_id, status, version, title,
             category, starts_at, minutes, place, place_note, pending_by_id, created_at, overlap_exempt)
           SELECT community_id, $2, giver_id, receiver_id, ${change}, pending_by_id, created_at, overlap_exempt
           FROM exchange WHERE id = $1`,
          [id, v7()],
        )
        .then(
          () => "accepted",
          (error: { code: string }) => error.code,
        );
    const otherColumns =
      "1, title, category, starts_at + interval '59 minutes', minutes, place, place_note";
    expect(await insertCopy(`'agreed', ${otherColumns}`)).toBe("23P01");
    expect(await insertCopy(`'proposed', ${otherColumns}`)).toBe("accepted");
    expect(await insertCopy(`'agreed', ${otherColumns.replace("59", "60")}`)).toBe("accepted");
  });
});

describe("rescheduling", () => {
  it("changes the time once the other side accepts, and leaves the minutes and the hold unchanged", async () => {
    const id = await ask(karim, { date: dayIn(7), time: "10:00" });
    await rosa.exchange.agree(await step(id));
    const held = await balanceOf(fixture.id, fixture.members.karim.id);
    const before = await rowOf(id);
    const request = { date: dayIn(8), time: "16:00", reason: "The dentist" };
    await karim.exchange.requestReschedule({ ...(await step(id)), ...request });
    expect((await rowOf(id)).startsAt).toEqual(before.startsAt);
    expect(await refusal(karim.exchange.acceptReschedule(await step(id)))).toBe("notYourTurn");
    expect((await rosa.home.waiting(community())).exchanges).toBeGreaterThan(0);
    await rosa.exchange.acceptReschedule(await step(id));
    const after = await rowOf(id);
    expect(localOf(after.startsAt, TIME_ZONE)).toEqual({ date: dayIn(8), time: "16:00" });
    expect(after).toMatchObject({ status: "agreed", rescheduleTo: null, minutes: 60 });
    expect(after.dueAt).toEqual(new Date(after.startsAt.getTime() + 60 * 60_000));
    expect(await balanceOf(fixture.id, fixture.members.karim.id)).toEqual(held);
    expect(await refusal(rosa.exchange.acceptReschedule(await step(id)))).toBe("notPossibleNow");
  });

  it("leaves the exchange unchanged when a side cancels the request", async () => {
    const id = await ask(karim, { date: dayIn(9), time: "10:00" });
    await rosa.exchange.agree(await step(id));
    await rosa.exchange.requestReschedule({
      ...(await step(id)),
      date: dayIn(10),
      time: "10:00",
      reason: "",
    });
    await karim.exchange.cancelReschedule(await step(id));
    expect(await rowOf(id)).toMatchObject({ status: "agreed", rescheduleTo: null });
    const { events } = await karim.exchange.get({ ...community(), id });
    expect(events.map(({ kind }) => kind)).toEqual([
      "proposed",
      "agreed",
      "rescheduleRequested",
      "rescheduleCancelled",
    ]);
  });

  it("refuses a time at which the giver is busy, even if they agreed to the other help later", async () => {
    const id = await ask(karim, { date: dayIn(11), time: "10:00" });
    await rosa.exchange.agree(await step(id));
    const request = { date: dayIn(11), time: "15:00", reason: "" };
    await karim.exchange.requestReschedule({ ...(await step(id)), ...request });
    const other = await ask(lena, { date: dayIn(11), time: "15:30" });
    await rosa.exchange.agree(await step(other));
    expect(await refusal(rosa.exchange.acceptReschedule(await step(id)))).toBe("giverBusy");
    expect(
      await refusal(rosa.exchange.requestReschedule({ ...(await step(id)), ...request })),
    ).toBe("giverBusy");
    expect((await rowOf(id)).status).toBe("agreed");
  });

  it("lets a member change their own proposal, and refuses an answer to the old version", async () => {
    const id = await ask(karim, { date: dayIn(12), time: "10:00" });
    const old = await step(id);
    await karim.exchange.counter({ ...old, ...place, date: dayIn(12), time: "12:00", minutes: 30 });
    expect(await refusal(rosa.exchange.agree(old))).toBe("exchangeChanged");
    await rosa.exchange.agree(await step(id));
    expect(await rowOf(id)).toMatchObject({ status: "agreed", minutes: 30 });
  });
});

describe("the day of the exchange", () => {
  it("records a delay as an event, and changes nothing else", async () => {
    const id = await ask(karim, { date: dayIn(13), time: "10:00" });
    await rosa.exchange.agree(await step(id));
    const before = await rowOf(id);
    await karim.exchange.reportDelay({ ...(await step(id)), minutes: 20 });
    expect(await rowOf(id)).toEqual({ ...before, version: before.version + 1 });
    const { events } = await rosa.exchange.get({ ...community(), id });
    expect(events.at(-1)).toMatchObject({ kind: "late", minutes: 20 });
  });

  it("accepts a report that help did not happen only after its start, and releases the hold", async () => {
    const id = await ask(karim, { date: dayIn(14), time: "10:00" });
    await rosa.exchange.agree(await step(id));
    const { held } = await balanceOf(fixture.id, fixture.members.karim.id);
    const explanation = { cause: "weather" as const, reason: "Snow" };
    expect(
      await refusal(rosa.exchange.markNotHappened({ ...(await step(id)), ...explanation })),
    ).toBe("notYetOver");
    const later = procedures(fixture.members.rosa.userId, new Date(Date.now() + 15 * DAY_MS));
    await later.exchange.markNotHappened({ ...(await step(id)), ...explanation });
    expect((await rowOf(id)).status).toBe("cancelled");
    expect((await balanceOf(fixture.id, fixture.members.karim.id)).held).toBe(held - 60);
    const { events } = await karim.exchange.get({ ...community(), id });
    expect(events.at(-1)).toMatchObject({ kind: "notHappened", ...explanation });
    expect(await checkBooks(fixture.id)).toEqual([]);
  });
});

describe("series", () => {
  it("makes one exchange a week at the same local time, across daylight saving", async () => {
    // The clocks change on 28 March 2027, between the second and the third date.
    const winter = procedures(fixture.members.lena.userId, new Date("2027-03-01T10:00:00Z"));
    const first = await ask(
      winter,
      { date: "2027-03-18", time: "18:00" },
      {
        repeat: { weeks: 1, times: 4 },
      },
    );
    const rows = await db.exchange.findMany({
      where: { seriesId: first },
      orderBy: { startsAt: "asc" },
    });
    expect(rows.map(({ startsAt }) => localOf(startsAt, TIME_ZONE))).toEqual(
      ["03-18", "03-25", "04-01", "04-08"].map((day) => ({ date: `2027-${day}`, time: "18:00" })),
    );
    expect(rows.map(({ startsAt }) => startsAt.getUTCHours())).toEqual([17, 17, 16, 16]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(4);
  });

  it("makes one exchange on the last Friday of each month, late in the evening too", async () => {
    const autumn = procedures(fixture.members.lena.userId, new Date("2027-08-01T10:00:00Z"));
    const first = await ask(
      autumn,
      { date: "2027-08-27", time: "23:00" },
      { minutes: 180, repeat: { months: 1, on: "last", times: 4 } },
    );
    const rows = await db.exchange.findMany({
      where: { seriesId: first },
      orderBy: { startsAt: "asc" },
    });
    expect(rows.map(({ startsAt }) => localOf(startsAt, TIME_ZONE))).toEqual(
      ["08-27", "09-24", "10-29", "11-26"].map((day) => ({ date: `2027-${day}`, time: "23:00" })),
    );
  });

  it("makes one series for repeated requests, and agrees to each of its exchanges separately", async () => {
    const id = v7();
    const proposal = {
      ...community(),
      id,
      otherId: fixture.members.rosa.id,
      mySide: "receiver" as const,
      ...help,
      ...place,
      date: dayIn(40),
      time: "18:00",
      minutes: 30,
      repeat: { weeks: 1, times: 4 },
    };
    await Promise.all([karim.exchange.propose(proposal), karim.exchange.propose(proposal)]);
    await karim.exchange.propose(proposal);
    const series = () =>
      db.exchange.findMany({ where: { seriesId: id }, orderBy: { startsAt: "asc" } });
    expect(await series()).toHaveLength(4);
    // Rosa agrees to help Lena at the third date.
    const third = (await series())[2];
    const other = await ask(lena, localOf(third?.startsAt ?? new Date(), TIME_ZONE));
    await rosa.exchange.agree(await step(other));
    const seen = (await series()).map(({ id: each, version }) => ({ id: each, version }));
    const result = await rosa.exchange.agreeSeries({ ...community(), seen });
    expect(result.agreed).toHaveLength(3);
    expect(result.refused).toEqual([
      { id: third?.id, sentence: expect.stringContaining("That time has gone") },
    ]);
    expect((await series()).map(({ status }) => status)).toEqual([
      "agreed",
      "agreed",
      "proposed",
      "agreed",
    ]);
    // Cancelling one leaves the others agreed.
    const [one, two] = await series();
    await karim.exchange.cancel({ ...(await step(one?.id ?? "")), reason: "" });
    expect((await rowOf(two?.id ?? "")).status).toBe("agreed");
  });
});

describe("agreeSeries", () => {
  it("agrees to none when the caller is not a side of one of the exchanges", async () => {
    const own = await ask(karim, { date: dayIn(60), time: "10:00" });
    const theirs = await ask(karim, { date: dayIn(61), time: "10:00" });
    await db.exchange.update({
      where: { communityId_id: { communityId: fixture.id, id: theirs } },
      data: { giverId: fixture.members.lena.id },
    });
    for (const other of [theirs, v7()]) {
      const seen = [own, other].map((id) => ({ id, version: 1 }));
      const agreeing = rosa.exchange.agreeSeries({ ...community(), seen });
      expect(await refusal(agreeing)).toBe("notFound");
      expect((await rowOf(own)).status).toBe("proposed");
    }
    expect(await checkBooks(fixture.id)).toEqual([]);
  });
});

describe("the ids of a series", () => {
  const proposal = (id: string, inDays: number) => ({
    ...community(),
    id,
    otherId: fixture.members.rosa.id,
    mySide: "receiver" as const,
    ...help,
    ...place,
    date: dayIn(inDays),
    time: "07:00",
    minutes: 30,
  });

  it("refuses a series with idTaken when one of its derived ids is taken", async () => {
    const id = v7();
    // The id of the second exchange is derived from the first one's.
    await karim.exchange.propose(proposal(v5("1", id), 200));
    const series = karim.exchange.propose({
      ...proposal(id, 201),
      repeat: { weeks: 1, times: 3 },
    });
    expect(await refusal(series)).toBe("idTaken");
    expect(await db.exchange.count({ where: { seriesId: id } })).toBe(0);
  });
});

describe("availability", () => {
  const monday = { weekday: 1, starts: 540, ends: 720 };
  const lenaSlots = async (viewer = karim, minutes = 60, days = 14) =>
    viewer.availability.slots({ ...community(), memberId: fixture.members.lena.id, minutes, days });

  it("returns no slots without a week, and then the week's slots minus agreed exchanges and travel", async () => {
    expect(await lenaSlots()).toBeNull();
    await lena.availability.saveWeek({ ...community(), week: [monday], travelMinutes: 30 });
    const slots = (await lenaSlots()) ?? [];
    expect(slots.length).toBeGreaterThan(4);
    const [first] = slots;
    const when = { date: first?.date ?? "", time: first?.time ?? "" };
    const id = v7();
    await karim.exchange.propose({
      ...community(),
      id,
      otherId: fixture.members.lena.id,
      mySide: "receiver",
      ...help,
      ...place,
      ...when,
      minutes: 60,
    });
    // A proposal takes no slot yet.
    expect(await lenaSlots()).toEqual(slots);
    await lena.exchange.agree(await step(id));
    const remaining = (await lenaSlots()) ?? [];
    // Taken are the hour itself and 30 minutes of travel on both sides of it.
    const minutesOf = (time = "") => 60 * Number(time.slice(0, 2)) + Number(time.slice(3));
    expect(
      slots.filter(
        (slot) => !remaining.some((each) => each.time === slot.time && each.date === slot.date),
      ),
    ).toEqual(
      slots.filter(
        ({ date, time }) => date === when.date && minutesOf(time) < minutesOf(when.time) + 60 + 30,
      ),
    );
    await lena.exchange.cancel({ ...(await step(id)), reason: "" });
  });

  it("replaces the whole week, also under concurrency, and refuses a window that ends before it starts", async () => {
    const week = [monday, { weekday: 3, starts: 960, ends: 1080 }];
    await Promise.all(
      [1, 2, 3].map(() => lena.availability.saveWeek({ ...community(), week, travelMinutes: 0 })),
    );
    expect(await lena.availability.mine(community())).toMatchObject({ week, travelMinutes: 0 });
    const invalidWeek = [{ weekday: 2, starts: 720, ends: 540 }];
    const saving = lena.availability.saveWeek({
      ...community(),
      week: invalidWeek,
      travelMinutes: 0,
    });
    expect(await refusal(saving)).toBe("windowBackwards");
    expect(await lena.availability.mine(community())).toMatchObject({ week });
  });

  it("omits the days of an override until its owner removes it", async () => {
    const id = v7();
    const days = { firstDay: dayIn(0), lastDay: dayIn(30), starts: null, ends: null };
    await lena.availability.addOverride({ ...community(), id, ...days });
    await lena.availability.addOverride({ ...community(), id, ...days });
    expect(await lenaSlots()).toEqual([]);
    expect((await lena.availability.mine(community())).exceptions).toHaveLength(1);
    // Another member can neither remove the override nor reuse its id.
    expect(await refusal(karim.availability.removeOverride({ ...community(), id }))).toBe(
      "notFound",
    );
    expect(await lenaSlots()).toEqual([]);
    expect(await refusal(karim.availability.addOverride({ ...community(), id, ...days }))).toBe(
      "idTaken",
    );
    await lena.availability.removeOverride({ ...community(), id });
    expect((await lenaSlots())?.length).toBeGreaterThan(0);
  });

  it("returns no slots of a paused member", async () => {
    await db.member.updateMany({
      where: { id: fixture.members.lena.id },
      data: { status: "paused" },
    });
    expect(await lenaSlots()).toBeNull();
    await db.member.updateMany({
      where: { id: fixture.members.lena.id },
      data: { status: "active" },
    });
  });

  it("refuses an override beyond the maximum of 50 with tooManyExceptions", async () => {
    await owner().query(
      `INSERT INTO availability_override (community_id, id, member_id, first_day, last_day)
       SELECT $1, gen_random_uuid(), $2, current_date + n, current_date + n
       FROM generate_series(1, 50) AS n`,
      [fixture.id, fixture.members.rosa.id],
    );
    const more = { firstDay: dayIn(3), lastDay: dayIn(3), starts: null, ends: null };
    expect(
      await refusal(rosa.availability.addOverride({ ...community(), id: v7(), ...more })),
    ).toBe("tooManyExceptions");
  });
});

describe("the date of a request", () => {
  const request = {
    kind: "request" as const,
    title: "A lift to the station",
    description: "",
    category: "transport" as const,
    minutes: 30,
    places: ["mine" as const],
    availability: "",
  };

  it("saves the date and time of a request, and refuses a date that does not exist", async () => {
    const id = v7();
    const needed = { neededOn: dayIn(6), neededTime: "07:45" };
    await karim.listing.create({ ...community(), id, ...request, ...needed });
    expect(await rosa.listing.get({ ...community(), id })).toMatchObject(needed);
    await karim.listing.update({ ...community(), id, ...request });
    expect(await rosa.listing.get({ ...community(), id })).toMatchObject({ neededOn: "" });
    const updating = karim.listing.update({
      ...community(),
      id,
      ...request,
      neededOn: "2026-02-30",
    });
    expect(await refusal(updating)).toBe("dateNotReal");
  });

  it("saves no date for an offer", async () => {
    const id = v7();
    const offer = { ...request, kind: "offer" as const, neededOn: dayIn(6), neededTime: "07:45" };
    await karim.listing.create({ ...community(), id, ...offer });
    expect(await rosa.listing.get({ ...community(), id })).toMatchObject({
      neededOn: "",
      neededTime: "",
    });
  });
});

describe("a private calendar", () => {
  it("opens only by its newest address, and contains the member's agreed and cancelled exchanges", async () => {
    const { ownerOfCalendar } = await import("../calendar/commands");
    const { readCalendar } = await import("../calendar/queries");
    const { userId } = fixture.members.karim;
    const { person } = await signedInProcedures(userId);
    const { token: old } = await person.renewCalendar();
    const { token } = await person.renewCalendar();
    await karim.person.setLanguage({ language: "ar" });
    expect(await ownerOfCalendar(old)).toBeNull();
    expect(await ownerOfCalendar(token)).toEqual({ userId, language: "ar" });
    const { rows } = await owner().query<{ text: string }>(
      "SELECT token_hash AS text FROM calendar_feed",
    );
    expect(rows.some(({ text }) => text === token)).toBe(false);
    const entries = await readCalendar(userId, new Date());
    const statuses = new Set(entries.map(({ status }) => status));
    expect(statuses.has("agreed") && statuses.has("cancelled")).toBe(true);
    // No exchange of other members, and none that was declined before it was agreed.
    const received = await db.exchange.findMany({
      where: { receiverId: fixture.members.karim.id },
    });
    const ids = new Set(received.map(({ id }) => id));
    expect(entries.filter(({ iGive }) => !iGive).every(({ id }) => ids.has(id))).toBe(true);
    expect(statuses.has("declined")).toBe(false);
    expect(JSON.stringify(entries)).not.toContain("placeNote");
    await karim.person.stopCalendar();
    expect(await ownerOfCalendar(token)).toBeNull();
  });
});

describe("the privacy of a busy giver", () => {
  beforeAll(async () => {
    await createFixture();
    // A settled exchange raises the limit of pending proposals between the two.
    const id = v7();
    await rosa.exchange.record({
      ...community(),
      id,
      otherId: fixture.members.karim.id,
      mySide: "giver" as const,
      ...help,
      date: dayIn(0),
      minutes: 15,
    });
    await karim.exchange.confirm(await step(id));
  });
  /** The error code of a procedure, or its result without ids and instants. */
  const answerTo = (work: Promise<unknown>) =>
    work.then(
      (result) =>
        JSON.stringify(result, (key, value) =>
          /^(id|at|rescheduleTo|.*Id|.*At)$/.test(key) ? undefined : value,
        ),
      (error: { cause?: { code?: string }; code: string }) => error.cause?.code ?? error.code,
    );

  it("gives other members the same answers for a busy hour and a free one", async () => {
    const date = dayIn(70);
    const busy = await ask(lena, { date, time: "10:00" });
    await rosa.exchange.agree(await step(busy));
    await rosa.availability.saveWeek({
      ...community(),
      week: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: 540, ends: 1080 })),
      travelMinutes: 0,
    });
    const query = { minutes: 60, from: date, days: 1 };
    const memberId = fixture.members.rosa.id;
    const slots = await karim.availability.slots({ ...community(), memberId, ...query });
    const free = new Set(slots?.map(({ time }) => time));
    const answersAt: Record<string, string[]> = {};
    for (const time of ["10:00", "15:00"]) {
      const answers: string[] = [String(free.has(time))];
      const terms = { ...place, date, time, minutes: 60 };
      // A proposal and its page; then a series in which one derived id is taken.
      const proposed = v7();
      const proposal = {
        ...community(),
        otherId: memberId,
        mySide: "receiver" as const,
        ...help,
        ...terms,
      };
      answers.push(await answerTo(karim.exchange.propose({ ...proposal, id: proposed })));
      answers.push(await answerTo(karim.exchange.get({ ...community(), id: proposed })));
      const series = v7();
      const elsewhere = { ...proposal, date: dayIn(time === "10:00" ? 71 : 72) };
      await karim.exchange.propose({ ...elsewhere, id: v5("1", series) });
      const repeat = { weeks: 1, times: 3 };
      answers.push(await answerTo(karim.exchange.propose({ ...proposal, id: series, repeat })));
      await rosa.exchange.decline({ ...(await step(v5("1", series))), reason: "" });
      // Another time for a proposed exchange, and for an agreed one.
      const countered = await ask(karim, { date: dayIn(73), time });
      answers.push(
        await answerTo(karim.exchange.counter({ ...(await step(countered)), ...terms })),
      );
      answers.push(await answerTo(karim.exchange.get({ ...community(), id: countered })));
      const agreed = await ask(karim, { date: dayIn(74), time });
      await rosa.exchange.agree(await step(agreed));
      const request = { date, time, reason: "" };
      answers.push(
        await answerTo(karim.exchange.requestReschedule({ ...(await step(agreed)), ...request })),
      );
      answers.push(await answerTo(karim.exchange.get({ ...community(), id: agreed })));
      answersAt[time] = answers.map((text) => text.replaceAll(time, "TIME"));
      for (const id of [proposed, countered]) {
        await rosa.exchange.decline({ ...(await step(id)), reason: "" });
      }
    }
    expect(answersAt["10:00"]).toEqual(answersAt["15:00"]);
  });

  it("refuses the receiver's agreement at a busy time with timeNotOpen instead of giverBusy", async () => {
    const when = { date: dayIn(80), time: "10:00" };
    const offer = v7();
    await rosa.exchange.propose({
      ...community(),
      id: offer,
      otherId: fixture.members.karim.id,
      mySide: "giver",
      ...help,
      ...place,
      ...when,
      minutes: 60,
    });
    const other = await ask(lena, when);
    await rosa.exchange.agree(await step(other));
    expect(await refusal(karim.exchange.agree(await step(offer)))).toBe("timeNotOpen");
  });
});

describe("automatic settlement", () => {
  beforeAll(createFixture);

  it("never settles a report before the arranged end, even with an earlier stored due time", async () => {
    const id = await ask(karim, { date: dayIn(90), time: "10:00" });
    await rosa.exchange.agree(await step(id));
    await rosa.exchange.report({ ...(await step(id)), minutes: 60 });
    const to = { communityId: fixture.id, exchangeId: id };
    const { startsAt } = await rowOf(id);
    const end = startsAt.getTime() + 60 * 60_000;
    // Earlier versions stored such a due time.
    const tooEarly = new Date(Date.now() - DAY_MS);
    await db.exchange.updateMany({
      where: { id },
      data: { dueAt: tooEarly, remindedAt: tooEarly },
    });
    await processDueExchange(to, new Date());
    expect(await rowOf(id)).toMatchObject({
      status: "reported",
      dueAt: new Date(end + 7 * DAY_MS),
    });
    await processDueExchange(to, new Date(end + 6 * DAY_MS));
    expect((await rowOf(id)).status).toBe("reported");
    await processDueExchange(to, new Date(end + 7 * DAY_MS));
    expect((await rowOf(id)).status).toBe("settled");
  });
});
