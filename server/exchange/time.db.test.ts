import { v5, v7 } from "uuid";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Repeat } from "../../domain/exchange/repeat";
import { localOf } from "../../domain/kernel/calendar";
import { checkBooks } from "../ledger/statement";
import { db } from "../platform/db/client";
import { app, owner } from "../platform/db/testing/pools";
import { balanceOf, makeCommunity, procedures, signedInProcedures } from "../testing/people";
import { processDueExchange } from "./process-due";

const DAY = 86_400_000;
const zone = "Europe/Madrid";
const dayIn = (days: number) => localOf(new Date(Date.now() + days * DAY), zone).date;

let fixture: Awaited<ReturnType<typeof makeCommunity<"rosa" | "karim" | "lena">>>;
let rosa: ReturnType<typeof procedures>;
let karim: ReturnType<typeof procedures>;
let lena: ReturnType<typeof procedures>;

const settle = async () => {
  fixture = await makeCommunity(["rosa", "karim", "lena"] as const);
  const { members } = fixture;
  [rosa, karim, lena] = [members.rosa, members.karim, members.lena].map(({ userId }) =>
    procedures(userId),
  ) as [typeof rosa, typeof karim, typeof lena];
};
beforeAll(settle);
/** What one may ask for has an end: what was asked before makes room. */
const makeRoom = async () => {
  const { id: communityId } = fixture;
  await db.exchange.updateMany({
    where: { communityId, status: "proposed" },
    data: { status: "withdrawn", endedAt: new Date() },
  });
  await db.exchange.updateMany({
    where: { communityId, agreedAt: null, endedAt: { not: null } },
    data: { createdAt: new Date(Date.now() - 8 * DAY) },
  });
};
beforeEach(makeRoom);

const community = () => ({ community: fixture.slug });
const what = { title: "Fix the bicycle", category: "repair" as const, note: "" };
const place = { place: "giver" as const, placeNote: "" };

/** Somebody asks Rosa for help. */
const ask = async (
  who: typeof karim,
  when: { date: string; time: string },
  more: { minutes?: number; repeat?: Repeat } = {},
) => {
  const { minutes = 60, ...rest } = more;
  const { id } = await who.exchange.propose({
    ...community(),
    id: v7(),
    otherId: fixture.members.rosa.id,
    mySide: "receiver",
    ...what,
    ...when,
    ...place,
    minutes,
    ...rest,
    // Whether it is asked twice is tried elsewhere.
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

describe("a giver is never promised twice at once", () => {
  it("agrees to one of two who race for the same hour, and tells the other", async () => {
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
    // The giver sees it on the exchange's page, and nobody else does.
    const seen = await rosa.exchange.get({ ...community(), id: open?.id ?? "" });
    expect(seen.isTaken).toBe(true);
    const asker = open?.receiverId === fixture.members.karim.id ? karim : lena;
    const theirs = await asker.exchange.get({ ...community(), id: open?.id ?? "" });
    expect(theirs.isTaken).toBe(false);
    expect(await checkBooks(fixture.id)).toEqual([]);
  });

  it("races many times, and never twice", async () => {
    for (let round = 0; round < 8; round += 1) {
      await makeRoom();
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

  it("lets one follow the other without a pause, and refuses the giver an hour of theirs that has gone", async () => {
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
        ...what,
        ...place,
        date,
        time,
        minutes,
      });
    expect(await refusal(offer("10:45", 60))).toBe("giverBusy");
    expect(await refusal(offer("09:30", 45))).toBe("giverBusy");
    // Rosa may receive help while she is promised: it is giving that she cannot do twice.
    const id = v7();
    await rosa.exchange.propose({
      ...community(),
      id,
      otherId: fixture.members.karim.id,
      mySide: "receiver",
      ...what,
      ...place,
      date,
      time: "10:15",
      minutes: 60,
    });
    await karim.exchange.agree(await step(id));
    expect((await rowOf(id)).status).toBe("agreed");
  });

  it("holds in the database itself, whoever writes, in this community only", async () => {
    const date = dayIn(5);
    const id = await ask(karim, { date, time: "10:00" });
    await rosa.exchange.agree(await step(id));
    const again = (change: string) =>
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
    const rest =
      "1, title, category, starts_at + interval '59 minutes', minutes, place, place_note";
    expect(await again(`'agreed', ${rest}`)).toBe("23P01");
    expect(await again(`'proposed', ${rest}`)).toBe("accepted");
    expect(await again(`'agreed', ${rest.replace("59", "60")}`)).toBe("accepted");
  });
});

describe("another time", () => {
  it("stands once the other side consents, and keeps the hours and the hold", async () => {
    const id = await ask(karim, { date: dayIn(7), time: "10:00" });
    await rosa.exchange.agree(await step(id));
    const held = await balanceOf(fixture.id, fixture.members.karim.id);
    const before = await rowOf(id);
    const wish = { date: dayIn(8), time: "16:00", reason: "The dentist" };
    await karim.exchange.requestReschedule({ ...(await step(id)), ...wish });
    expect((await rowOf(id)).startsAt).toEqual(before.startsAt);
    expect(await refusal(karim.exchange.acceptReschedule(await step(id)))).toBe("notYourTurn");
    expect((await rosa.home.waiting(community())).exchanges).toBeGreaterThan(0);
    await rosa.exchange.acceptReschedule(await step(id));
    const after = await rowOf(id);
    expect(localOf(after.startsAt, zone)).toEqual({ date: dayIn(8), time: "16:00" });
    expect(after).toMatchObject({ status: "agreed", rescheduleTo: null, minutes: 60 });
    expect(after.dueAt).toEqual(new Date(after.startsAt.getTime() + 60 * 60_000));
    expect(await balanceOf(fixture.id, fixture.members.karim.id)).toEqual(held);
    expect(await refusal(rosa.exchange.acceptReschedule(await step(id)))).toBe("notPossibleNow");
  });

  it("is left as it was when one of them does not want it", async () => {
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

  it("is refused to a giver who is promised then, also when that came in between", async () => {
    const id = await ask(karim, { date: dayIn(11), time: "10:00" });
    await rosa.exchange.agree(await step(id));
    const wish = { date: dayIn(11), time: "15:00", reason: "" };
    await karim.exchange.requestReschedule({ ...(await step(id)), ...wish });
    const other = await ask(lena, { date: dayIn(11), time: "15:30" });
    await rosa.exchange.agree(await step(other));
    expect(await refusal(rosa.exchange.acceptReschedule(await step(id)))).toBe("giverBusy");
    expect(await refusal(rosa.exchange.requestReschedule({ ...(await step(id)), ...wish }))).toBe(
      "giverBusy",
    );
    expect((await rowOf(id)).status).toBe("agreed");
  });

  it("can be thought of by whoever proposed", async () => {
    const id = await ask(karim, { date: dayIn(12), time: "10:00" });
    const old = await step(id);
    await karim.exchange.counter({ ...old, ...place, date: dayIn(12), time: "12:00", minutes: 30 });
    expect(await refusal(rosa.exchange.agree(old))).toBe("exchangeChanged");
    await rosa.exchange.agree(await step(id));
    expect(await rowOf(id)).toMatchObject({ status: "agreed", minutes: 30 });
  });
});

describe("on the day", () => {
  it("tells that somebody is late, and changes nothing else", async () => {
    const id = await ask(karim, { date: dayIn(13), time: "10:00" });
    await rosa.exchange.agree(await step(id));
    const before = await rowOf(id);
    await karim.exchange.reportDelay({ ...(await step(id)), minutes: 20 });
    expect(await rowOf(id)).toEqual({ ...before, version: before.version + 1 });
    const { events } = await rosa.exchange.get({ ...community(), id });
    expect(events.at(-1)).toMatchObject({ kind: "late", minutes: 20 });
  });

  it("did not happen: only once its time has come, and what was held is free", async () => {
    const id = await ask(karim, { date: dayIn(14), time: "10:00" });
    await rosa.exchange.agree(await step(id));
    const { held } = await balanceOf(fixture.id, fixture.members.karim.id);
    const why = { cause: "weather" as const, reason: "Snow" };
    expect(await refusal(rosa.exchange.markNotHappened({ ...(await step(id)), ...why }))).toBe(
      "notYetOver",
    );
    const later = procedures(fixture.members.rosa.userId, new Date(Date.now() + 15 * DAY));
    await later.exchange.markNotHappened({ ...(await step(id)), ...why });
    expect((await rowOf(id)).status).toBe("cancelled");
    expect((await balanceOf(fixture.id, fixture.members.karim.id)).held).toBe(held - 60);
    const { events } = await karim.exchange.get({ ...community(), id });
    expect(events.at(-1)).toMatchObject({ kind: "notHappened", ...why });
    expect(await checkBooks(fixture.id)).toEqual([]);
  });
});

describe("help that repeats", () => {
  it("is as many exchanges at the same local time, across daylight saving", async () => {
    // From the week before a change of the clocks on; whichever comes next.
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
    expect(rows.map(({ startsAt }) => localOf(startsAt, zone))).toEqual(
      ["03-18", "03-25", "04-01", "04-08"].map((day) => ({ date: `2027-${day}`, time: "18:00" })),
    );
    expect(rows.map(({ startsAt }) => startsAt.getUTCHours())).toEqual([17, 17, 16, 16]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(4);
  });

  it("comes every month on the last Friday, late at night too", async () => {
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
    expect(rows.map(({ startsAt }) => localOf(startsAt, zone))).toEqual(
      ["08-27", "09-24", "10-29", "11-26"].map((day) => ({ date: `2027-${day}`, time: "23:00" })),
    );
  });

  it("is the same series when the form is sent again, and can be agreed at once or one by one", async () => {
    const id = v7();
    const proposal = {
      ...community(),
      id,
      otherId: fixture.members.rosa.id,
      mySide: "receiver" as const,
      ...what,
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
    // The third hour goes to somebody else meanwhile.
    const third = (await series())[2];
    const other = await ask(lena, localOf(third?.startsAt ?? new Date(), zone));
    await rosa.exchange.agree(await step(other));
    const seen = (await series()).map(({ id: each, version }) => ({ id: each, version }));
    const answer = await rosa.exchange.agreeSeries({ ...community(), seen });
    expect(answer.agreed).toHaveLength(3);
    expect(answer.refused).toEqual([
      { id: third?.id, sentence: expect.stringContaining("That time has gone") },
    ]);
    expect((await series()).map(({ status }) => status)).toEqual([
      "agreed",
      "agreed",
      "proposed",
      "agreed",
    ]);
    // One drops out alone.
    const [one, two] = await series();
    await karim.exchange.cancel({ ...(await step(one?.id ?? "")), reason: "" });
    expect((await rowOf(two?.id ?? "")).status).toBe("agreed");
  });
});

describe("several at once, of which one is somebody else's", () => {
  it("are refused together, and none is agreed", async () => {
    const mine = await ask(karim, { date: dayIn(60), time: "10:00" });
    const theirs = await ask(karim, { date: dayIn(61), time: "10:00" });
    await db.exchange.update({
      where: { communityId_id: { communityId: fixture.id, id: theirs } },
      data: { giverId: fixture.members.lena.id },
    });
    for (const other of [theirs, v7()]) {
      const seen = [mine, other].map((id) => ({ id, version: 1 }));
      const asked = rosa.exchange.agreeSeries({ ...community(), seen });
      expect(await refusal(asked)).toBe("notFound");
      expect((await rowOf(mine)).status).toBe("proposed");
    }
    expect(await checkBooks(fixture.id)).toEqual([]);
  });
});

describe("the numbers of a series", () => {
  const asking = (id: string, inDays: number) => ({
    ...community(),
    id,
    otherId: fixture.members.rosa.id,
    mySide: "receiver" as const,
    ...what,
    ...place,
    date: dayIn(inDays),
    time: "07:00",
    minutes: 30,
  });
  it("are refused in a sentence when one of them is taken", async () => {
    const id = v7();
    // The second of a series has a number that follows from the first one's.
    await karim.exchange.propose(asking(v5("1", id), 200));
    const series = karim.exchange.propose({
      ...asking(id, 201),
      repeat: { weeks: 1, times: 3 },
    });
    expect(await refusal(series)).toBe("idTaken");
    expect(await db.exchange.count({ where: { seriesId: id } })).toBe(0);
  });
});

describe("when somebody can", () => {
  const monday = { weekday: 1, starts: 540, ends: 720 };
  const slotsOf = async (who = karim, minutes = 60, days = 14) =>
    who.availability.slots({ ...community(), memberId: fixture.members.lena.id, minutes, days });

  it("is unknown until they say it, and then what is left of their week", async () => {
    expect(await slotsOf()).toBeNull();
    await lena.availability.keepWeek({ ...community(), week: [monday], travelMinutes: 30 });
    const slots = (await slotsOf()) ?? [];
    expect(slots.length).toBeGreaterThan(4);
    const [first] = slots;
    const when = { date: first?.date ?? "", time: first?.time ?? "" };
    const id = v7();
    await karim.exchange.propose({
      ...community(),
      id,
      otherId: fixture.members.lena.id,
      mySide: "receiver",
      ...what,
      ...place,
      ...when,
      minutes: 60,
    });
    // A question promises nothing yet.
    expect(await slotsOf()).toEqual(slots);
    await lena.exchange.agree(await step(id));
    const left = (await slotsOf()) ?? [];
    // The hour itself, and half an hour of the way on both sides of it.
    const minutesOf = (time = "") => 60 * Number(time.slice(0, 2)) + Number(time.slice(3));
    expect(
      slots.filter(
        (slot) => !left.some((each) => each.time === slot.time && each.date === slot.date),
      ),
    ).toEqual(
      slots.filter(
        ({ date, time }) => date === when.date && minutesOf(time) < minutesOf(when.time) + 60 + 30,
      ),
    );
    await lena.exchange.cancel({ ...(await step(id)), reason: "" });
  });

  it("is written anew as a whole, however often and at once", async () => {
    const week = [monday, { weekday: 3, starts: 960, ends: 1080 }];
    await Promise.all(
      [1, 2, 3].map(() => lena.availability.keepWeek({ ...community(), week, travelMinutes: 0 })),
    );
    expect(await lena.availability.mine(community())).toMatchObject({ week, travelMinutes: 0 });
    const backwards = [{ weekday: 2, starts: 720, ends: 540 }];
    const refused = lena.availability.keepWeek({
      ...community(),
      week: backwards,
      travelMinutes: 0,
    });
    expect(await refusal(refused)).toBe("windowBackwards");
    expect(await lena.availability.mine(community())).toMatchObject({ week });
  });

  it("leaves out the days on which they are away, until these are taken back", async () => {
    const id = v7();
    const days = { firstDay: dayIn(0), lastDay: dayIn(30), starts: null, ends: null };
    await lena.availability.addOverride({ ...community(), id, ...days });
    await lena.availability.addOverride({ ...community(), id, ...days });
    expect(await slotsOf()).toEqual([]);
    expect((await lena.availability.mine(community())).exceptions).toHaveLength(1);
    // Nobody else's form can take them back, or take their place.
    expect(await refusal(karim.availability.removeOverride({ ...community(), id }))).toBe(
      "notFound",
    );
    expect(await slotsOf()).toEqual([]);
    expect(await refusal(karim.availability.addOverride({ ...community(), id, ...days }))).toBe(
      "idTaken",
    );
    await lena.availability.removeOverride({ ...community(), id });
    expect((await slotsOf())?.length).toBeGreaterThan(0);
  });

  it("is nobody's while they take a break", async () => {
    await db.member.updateMany({
      where: { id: fixture.members.lena.id },
      data: { status: "paused" },
    });
    expect(await slotsOf()).toBeNull();
    await db.member.updateMany({
      where: { id: fixture.members.lena.id },
      data: { status: "active" },
    });
  });

  it("has room for so many days that differ, and says so", async () => {
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

describe("a request says when it is needed", () => {
  const request = {
    kind: "request" as const,
    title: "A lift to the station",
    description: "",
    category: "transport" as const,
    minutes: 30,
    places: ["mine" as const],
    availability: "",
  };
  it("with a day, and an hour if it matters", async () => {
    const id = v7();
    const needed = { neededOn: dayIn(6), neededTime: "07:45" };
    await karim.listing.create({ ...community(), id, ...request, ...needed });
    expect(await rosa.listing.get({ ...community(), id })).toMatchObject(needed);
    await karim.listing.update({ ...community(), id, ...request });
    expect(await rosa.listing.get({ ...community(), id })).toMatchObject({ neededOn: "" });
    const never = karim.listing.update({ ...community(), id, ...request, neededOn: "2026-02-30" });
    expect(await refusal(never)).toBe("dateNotReal");
  });

  it("while an offer needs nothing", async () => {
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
  it("opens by its newest address only, and holds what was agreed or asked, and what was called off", async () => {
    const { ownerOfCalendar } = await import("../calendar/commands");
    const { readCalendar } = await import("../calendar/queries");
    const { userId } = fixture.members.karim;
    const { person } = await signedInProcedures(userId);
    const { token: old } = await person.renewCalendar();
    const { token } = await person.renewCalendar();
    await karim.person.speak({ language: "ar" });
    expect(await ownerOfCalendar(old)).toBeNull();
    expect(await ownerOfCalendar(token)).toEqual({ userId, language: "ar" });
    const { rows } = await owner().query<{ text: string }>(
      "SELECT token_hash AS text FROM calendar_feed",
    );
    expect(rows.some(({ text }) => text === token)).toBe(false);
    const entries = await readCalendar(userId, new Date());
    const statuses = new Set(entries.map(({ status }) => status));
    expect(statuses.has("agreed") && statuses.has("cancelled")).toBe(true);
    // Nothing of anybody else's, nor what was declined before it was ever agreed.
    const mine = await db.exchange.findMany({ where: { receiverId: fixture.members.karim.id } });
    const ids = new Set(mine.map(({ id }) => id));
    expect(entries.filter(({ iGive }) => !iGive).every(({ id }) => ids.has(id))).toBe(true);
    expect(statuses.has("declined")).toBe(false);
    expect(JSON.stringify(entries)).not.toContain("placeNote");
    await karim.person.stopCalendar();
    expect(await ownerOfCalendar(token)).toBeNull();
  });
});

describe("when a giver is busy", () => {
  beforeAll(async () => {
    await settle();
    // Neighbours who have exchanged help may ask each other more often.
    const id = v7();
    await rosa.exchange.record({
      ...community(),
      id,
      otherId: fixture.members.karim.id,
      mySide: "giver" as const,
      ...what,
      date: dayIn(0),
      minutes: 15,
    });
    await karim.exchange.confirm(await step(id));
  });
  /** What a procedure answered: the refusal, or what came back without its ids. */
  const answerTo = (work: Promise<unknown>) =>
    work.then(
      (told) =>
        JSON.stringify(told, (key, value) =>
          /^(id|at|rescheduleTo|.*Id|.*At)$/.test(key) ? undefined : value,
        ),
      (error: { cause?: { code?: string }; code: string }) => error.cause?.code ?? error.code,
    );

  it("gives everybody else the same answers for a busy hour and a free one", async () => {
    const date = dayIn(70);
    const busy = await ask(lena, { date, time: "10:00" });
    await rosa.exchange.agree(await step(busy));
    await rosa.availability.keepWeek({
      ...community(),
      week: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: 540, ends: 1080 })),
      travelMinutes: 0,
    });
    const asked = { minutes: 60, from: date, days: 1 };
    const memberId = fixture.members.rosa.id;
    const slots = await karim.availability.slots({ ...community(), memberId, ...asked });
    const free = new Set(slots?.map(({ time }) => time));
    const answers: Record<string, string[]> = {};
    for (const time of ["10:00", "15:00"]) {
      const told: string[] = [String(free.has(time))];
      const terms = { ...place, date, time, minutes: 60 };
      // A proposal, looked at again; alone and as a series, once with a number that is taken.
      const one = v7();
      const proposal = {
        ...community(),
        otherId: memberId,
        mySide: "receiver" as const,
        ...what,
        ...terms,
      };
      told.push(await answerTo(karim.exchange.propose({ ...proposal, id: one })));
      told.push(await answerTo(karim.exchange.get({ ...community(), id: one })));
      const series = v7();
      const elsewhere = { ...proposal, date: dayIn(time === "10:00" ? 71 : 72) };
      await karim.exchange.propose({ ...elsewhere, id: v5("1", series) });
      const repeat = { weeks: 1, times: 3 };
      told.push(await answerTo(karim.exchange.propose({ ...proposal, id: series, repeat })));
      await rosa.exchange.decline({ ...(await step(v5("1", series))), reason: "" });
      // Another time: for what is proposed, and for what is agreed.
      const quiet = await ask(karim, { date: dayIn(73), time });
      told.push(await answerTo(karim.exchange.counter({ ...(await step(quiet)), ...terms })));
      told.push(await answerTo(karim.exchange.get({ ...community(), id: quiet })));
      const settled = await ask(karim, { date: dayIn(74), time });
      await rosa.exchange.agree(await step(settled));
      const wish = { date, time, reason: "" };
      told.push(
        await answerTo(karim.exchange.requestReschedule({ ...(await step(settled)), ...wish })),
      );
      told.push(await answerTo(karim.exchange.get({ ...community(), id: settled })));
      answers[time] = told.map((text) => text.replaceAll(time, "TIME"));
      for (const id of [one, quiet]) {
        await rosa.exchange.decline({ ...(await step(id)), reason: "" });
      }
    }
    expect(answers["10:00"]).toEqual(answers["15:00"]);
  });

  it("says no more to the receiver of an offer than that its time is not open", async () => {
    const when = { date: dayIn(80), time: "10:00" };
    const offer = v7();
    await rosa.exchange.propose({
      ...community(),
      id: offer,
      otherId: fixture.members.karim.id,
      mySide: "giver",
      ...what,
      ...place,
      ...when,
      minutes: 60,
    });
    const other = await ask(lena, when);
    await rosa.exchange.agree(await step(other));
    expect(await refusal(karim.exchange.agree(await step(offer)))).toBe("timeNotOpen");
  });
});

describe("help of a day to come", () => {
  beforeAll(settle);
  it("is never settled by itself before its end, whatever was reported and stored", async () => {
    const id = await ask(karim, { date: dayIn(90), time: "10:00" });
    await rosa.exchange.agree(await step(id));
    await rosa.exchange.report({ ...(await step(id)), minutes: 60 });
    const to = { communityId: fixture.id, exchangeId: id };
    const { startsAt } = await rowOf(id);
    const end = startsAt.getTime() + 60 * 60_000;
    // As an earlier version stored it.
    const tooEarly = new Date(Date.now() - DAY);
    await db.exchange.updateMany({
      where: { id },
      data: { dueAt: tooEarly, remindedAt: tooEarly },
    });
    await processDueExchange(to, new Date());
    expect(await rowOf(id)).toMatchObject({ status: "reported", dueAt: new Date(end + 7 * DAY) });
    await processDueExchange(to, new Date(end + 6 * DAY));
    expect((await rowOf(id)).status).toBe("reported");
    await processDueExchange(to, new Date(end + 7 * DAY));
    expect((await rowOf(id)).status).toBe("settled");
  });
});
