/** Thanks and private messages after an exchange, their access, and a member's neighbours. */
import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { localOf } from "../../domain/kernel/calendar";
import { checkBooks } from "../ledger/statement";
import { db } from "../platform/db/client";
import { makeCommunity, procedures } from "../testing/people";

type Fixture = Awaited<ReturnType<typeof makeCommunity<"rosa" | "karim" | "mina">>>;
type Caller = ReturnType<typeof procedures>;

let fixture: Fixture;
let elsewhere: Fixture;
let rosa: Caller;
let karim: Caller;
let mina: Caller;
let carla: Caller;
let foreign: Caller;

beforeAll(async () => {
  fixture = await makeCommunity(["rosa", "karim", "mina"] as const);
  elsewhere = await makeCommunity(["rosa", "karim", "mina"] as const);
  rosa = procedures(fixture.members.rosa.userId);
  karim = procedures(fixture.members.karim.userId);
  mina = procedures(fixture.members.mina.userId);
  carla = procedures(fixture.coordinator.userId);
  foreign = procedures(elsewhere.coordinator.userId);
});

const here = () => ({ community: fixture.slug });
const what = { title: "Fix the bicycle", category: "repair" as const };

/** Help recorded by the receiver alone, settled at once. */
async function credited(receiver: Caller, giverId: string, minutes = 60): Promise<string> {
  const id = v7();
  const { date } = localOf(new Date(), "Europe/Madrid");
  await receiver.exchange.record({
    ...here(),
    id,
    otherId: giverId,
    mySide: "receiver",
    ...what,
    date,
    minutes,
    note: "",
    confirmedDuplicate: true,
  });
  return id;
}
/** Help that both sides agreed to. */
async function settled(receiver: Caller, giverId: string, minutes = 60): Promise<string> {
  const { rosa: one, karim: two, mina: three } = fixture.members;
  const everybody = new Map([
    ...([
      [rosa, one.id],
      [karim, two.id],
      [mina, three.id],
    ] as const),
    [carla, fixture.coordinator.id] as const,
  ]);
  const giver = [...everybody].find(([, id]) => id === giverId)?.[0];
  const otherId = everybody.get(receiver);
  if (!giver || !otherId) throw new Error("Both live in the fixture.");
  const id = v7();
  const { date } = localOf(new Date(), "Europe/Madrid");
  await giver.exchange.record({
    ...here(),
    id,
    otherId,
    mySide: "giver",
    ...what,
    date,
    minutes,
    note: "",
    confirmedDuplicate: true,
  });
  const { version } = await db.exchange.findFirstOrThrow({ where: { id } });
  await receiver.exchange.confirm({ ...here(), id, version });
  return id;
}
async function undo(id: string): Promise<void> {
  const { version } = await db.exchange.findFirstOrThrow({ where: { id } });
  await carla.exchange.reverse({ ...here(), id, version, reason: "A mistake." });
}
const refusal = async (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: { cause?: { code?: string }; code: string }) => error.cause?.code ?? error.code,
  );
const thanksOf = async (id: string, reader = mina) =>
  (await reader.thanks.forMember({ ...here(), id })).thanks.map(({ text }) => text);

describe("thanks", () => {
  it("show on the member's page with author and exchange, for every member", async () => {
    const exchangeId = await settled(karim, fixture.members.rosa.id);
    await karim.thanks.write({ ...here(), exchangeId, text: "  It rides like new!\r\n " });
    await rosa.thanks.write({ ...here(), exchangeId, text: "Your tea was lovely." });
    const page = await mina.thanks.forMember({ ...here(), id: fixture.members.rosa.id });
    expect(page.thanks).toMatchObject([
      { text: "It rides like new!", title: "Fix the bicycle", from: { displayName: "karim" } },
    ]);
    expect(page.next).toBeNull();
    expect(await thanksOf(fixture.members.karim.id)).toEqual(["Your tea was lovely."]);
    const seen = await rosa.thanks.forExchange({ ...here(), id: exchangeId });
    expect(seen.thanks.map(({ text }) => text).sort()).toEqual([
      "It rides like new!",
      "Your tea was lovely.",
    ]);
    expect(seen).toMatchObject({ mine: "Your tea was lovely.", canWrite: true, myWord: null });
  });

  it("are one per side, and can be edited and withdrawn", async () => {
    const exchangeId = await settled(mina, fixture.members.karim.id);
    const before = await thanksOf(fixture.members.karim.id);
    const anHourAgo = new Date(Date.now() - 3_600_000);
    const first = procedures(fixture.members.mina.userId, anHourAgo);
    await first.thanks.write({ ...here(), exchangeId, text: "Thanks" });
    await Promise.all(
      Array.from({ length: 6 }, () =>
        mina.thanks.write({ ...here(), exchangeId, text: "Thank you, Karim" }),
      ),
    );
    const rows = await db.thanks.findMany({ where: { exchangeId } });
    expect(rows).toMatchObject([
      {
        text: "Thank you, Karim",
        createdAt: anHourAgo,
        toMemberId: fixture.members.karim.id,
      },
    ]);
    // Only the author's own.
    await karim.thanks.withdraw({ ...here(), exchangeId });
    expect(await db.thanks.count({ where: { exchangeId } })).toBe(1);
    await mina.thanks.withdraw({ ...here(), exchangeId });
    await mina.thanks.withdraw({ ...here(), exchangeId });
    expect(await thanksOf(fixture.members.karim.id)).toEqual(before);
  });

  it("are written by the two sides only, and read at the exchange by them and coordinators", async () => {
    const exchangeId = await settled(karim, fixture.members.rosa.id);
    const input = { ...here(), exchangeId, text: "Me too!" };
    for (const somebody of [mina, carla, foreign]) {
      expect(await refusal(somebody.thanks.write(input))).toBe("notFound");
      expect(await refusal(somebody.thanks.shareWithCoordinators(input))).toBe("notFound");
      expect(await refusal(somebody.thanks.withdraw({ ...here(), exchangeId }))).toBe("notFound");
    }
    const asked = { ...here(), id: exchangeId };
    expect(await refusal(mina.thanks.forExchange(asked))).toBe("notFound");
    expect(await refusal(foreign.thanks.forExchange(asked))).toBe("notFound");
    expect(await carla.thanks.forExchange(asked)).toMatchObject({ canWrite: false });
    // The exchange is not found through another community.
    const there = procedures(elsewhere.members.karim.userId);
    const crossed = { ...input, community: elsewhere.slug };
    expect(await refusal(there.thanks.write(crossed))).toBe("notFound");
    expect(await refusal(procedures(null).thanks.write(input))).toBe("signInFirst");
  });

  it("need a settled exchange, and disappear when it is reversed", async () => {
    const id = v7();
    const { date } = localOf(new Date(), "Europe/Madrid");
    const { id: otherId } = fixture.members.karim;
    await rosa.exchange.record({
      ...here(),
      id,
      otherId,
      mySide: "giver",
      ...what,
      date,
      minutes: 60,
      note: "",
      confirmedDuplicate: true,
    });
    const early = { ...here(), exchangeId: id, text: "Thanks" };
    expect(await refusal(karim.thanks.write(early))).toBe("notPossibleNow");
    expect(await refusal(karim.thanks.shareWithCoordinators(early))).toBe("notPossibleNow");

    const undone = await settled(mina, fixture.members.rosa.id);
    const words = { ...here(), exchangeId: undone, text: "Thanks for nothing" };
    await mina.thanks.write(words);
    await undo(undone);
    expect(await refusal(mina.thanks.write(words))).toBe("notPossibleNow");
    expect(await refusal(mina.thanks.shareWithCoordinators(words))).toBe("notPossibleNow");
    expect(await thanksOf(fixture.members.rosa.id)).not.toContain("Thanks for nothing");
    const seen = await mina.thanks.forExchange({ ...here(), id: undone });
    expect(seen).toMatchObject({ thanks: [], canWrite: false, mine: null });
    // The author can delete thanks even then.
    await mina.thanks.withdraw({ ...here(), exchangeId: undone });
    expect(await db.thanks.count({ where: { exchangeId: undone } })).toBe(0);
  });

  it("must not be empty or too long", async () => {
    const exchangeId = await settled(karim, fixture.members.rosa.id);
    for (const text of ["", " \n\t ", "\u202e", "x".repeat(1001), "x".repeat(100_000)]) {
      expect(await refusal(karim.thanks.write({ ...here(), exchangeId, text }))).toBe(
        "BAD_REQUEST",
      );
    }
    await karim.thanks.write({ ...here(), exchangeId, text: "🌻".repeat(1000) });
  });

  it("are listed in pages without a gap or a repetition", async () => {
    const many = await makeCommunity(["rosa", "karim", "mina"] as const);
    const giver = many.members.rosa;
    const { date } = localOf(new Date(), "Europe/Madrid");
    for (let count = 0; count < 23; count += 1) {
      const exchangeId = v7();
      // Spread over days, since records and thanks have daily limits; two at the same time.
      const day = new Date(Date.now() + (count >> 1) * 86_400_000);
      const at = procedures(many.members.karim.userId, day);
      await at.exchange.record({
        community: many.slug,
        id: exchangeId,
        otherId: giver.id,
        mySide: "receiver",
        ...what,
        date,
        minutes: 15,
        note: "",
        confirmedDuplicate: true,
      });
      await at.thanks.write({ community: many.slug, exchangeId, text: `Thanks ${count}` });
    }
    // Long after the giver's days for an answer.
    const reader = procedures(many.members.karim.userId, new Date(Date.now() + 40 * 86_400_000));
    const read: string[] = [];
    let after: string | undefined;
    do {
      const page = await reader.thanks.forMember({ community: many.slug, id: giver.id, after });
      read.push(...page.thanks.map(({ text }) => text));
      after = page.next ?? undefined;
    } while (after);
    expect(read).toHaveLength(23);
    expect(new Set(read).size).toBe(23);
    expect(read[0]).toMatch(/Thanks 22/);
  });
});

describe("a private message", () => {
  it("is for the coordinators only; its author can edit it", async () => {
    const exchangeId = await settled(karim, fixture.members.rosa.id);
    await karim.thanks.shareWithCoordinators({ ...here(), exchangeId, text: "She came late." });
    await karim.thanks.shareWithCoordinators({
      ...here(),
      exchangeId,
      text: "She came an hour late.",
    });
    const { words } = await carla.thanks.words(here());
    expect(words.filter((word) => word.exchangeId === exchangeId)).toMatchObject([
      {
        text: "She came an hour late.",
        title: "Fix the bicycle",
        from: { displayName: "karim" },
        about: { displayName: "rosa" },
      },
    ]);
    for (const somebody of [karim, rosa, mina, foreign]) {
      expect(await refusal(somebody.thanks.words(here()))).toBe("notFound");
    }
    const seen = async (reader: Caller) =>
      JSON.stringify([
        await reader.thanks.forExchange({ ...here(), id: exchangeId }),
        await reader.exchange.get({ ...here(), id: exchangeId }),
        await reader.thanks.forMember({ ...here(), id: fixture.members.rosa.id }),
      ]);
    expect(await seen(rosa)).not.toContain("an hour late");
    // On the exchange's page only its author sees it.
    expect(await seen(carla)).not.toContain("an hour late");
    expect(await karim.thanks.forExchange({ ...here(), id: exchangeId })).toMatchObject({
      myWord: "She came an hour late.",
    });
  });

  it("is hidden from a coordinator whom it is about", async () => {
    const exchangeId = await settled(karim, fixture.coordinator.id);
    await karim.thanks.shareWithCoordinators({ ...here(), exchangeId, text: "About Carla" });
    const read = async (reader: Caller) =>
      (await reader.thanks.words(here())).words.map(({ text }) => text);
    expect(await read(carla)).not.toContain("About Carla");
    const { id } = fixture.members.mina;
    await db.member.updateMany({ where: { id }, data: { role: "coordinator" } });
    expect(await read(mina)).toContain("About Carla");
    await db.member.updateMany({ where: { id }, data: { role: "member" } });
    await carla.thanks.shareWithCoordinators({ ...here(), exchangeId, text: "By Carla" });
    expect(await read(carla)).toContain("By Carla");
  });
});

describe("an exchange settled by one side alone", () => {
  const DAY = 86_400_000;
  const inDays = (who: { userId: string }, days: number) =>
    procedures(who.userId, new Date(Date.now() + days * DAY));
  const step = async (id: string) => {
    const { version } = await db.exchange.findFirstOrThrow({ where: { id } });
    return { ...here(), id, version };
  };

  it("shows thanks only after the receiver's days for an answer", async () => {
    const exchangeId = await credited(karim, fixture.members.rosa.id);
    await karim.thanks.write({ ...here(), exchangeId, text: "Advertisement" });
    const { id } = fixture.members.rosa;
    expect(await thanksOf(id)).not.toContain("Advertisement");
    expect(await thanksOf(id, inDays(fixture.members.mina, 6.9))).not.toContain("Advertisement");
    expect(await thanksOf(id, inDays(fixture.members.mina, 7.1))).toContain("Advertisement");
    // The receiver sees them at once, and decides.
    await rosa.thanks.hide({ ...here(), exchangeId, isHidden: false });
    expect(await thanksOf(id)).toContain("Advertisement");
    await rosa.thanks.hide({ ...here(), exchangeId, isHidden: true });
    expect(await thanksOf(id, inDays(fixture.members.mina, 30))).not.toContain("Advertisement");
    // Withdrawn and written again, they stay hidden.
    await karim.thanks.withdraw({ ...here(), exchangeId });
    expect((await rosa.thanks.forExchange({ ...here(), id: exchangeId })).thanks).toEqual([]);
    await karim.thanks.write({ ...here(), exchangeId, text: "Once more" });
    expect(await thanksOf(id, inDays(fixture.members.mina, 30))).not.toContain("Once more");
    for (const somebody of [karim, mina, carla, foreign]) {
      const asked = somebody.thanks.hide({ ...here(), exchangeId, isHidden: false });
      expect(await refusal(asked)).toBe("notFound");
    }
  });

  it("lets the author edit thanks for a day, marks the edit, and restarts the waiting days", async () => {
    const exchangeId = await credited(mina, fixture.members.rosa.id);
    const words = { ...here(), exchangeId };
    await mina.thanks.write({ ...words, text: "Nice" });
    await inDays(fixture.members.mina, 0.9).thanks.write({ ...words, text: "Very nice" });
    const { thanks } = await rosa.thanks.forExchange({ ...here(), id: exchangeId });
    expect(thanks[0]).toMatchObject({ text: "Very nice", editedAt: expect.any(Date) });
    const { id } = fixture.members.rosa;
    expect(await thanksOf(id, inDays(fixture.members.karim, 7.5))).not.toContain("Very nice");
    expect(await thanksOf(id, inDays(fixture.members.karim, 8))).toContain("Very nice");
    const late = inDays(fixture.members.mina, 1.1).thanks;
    expect(await refusal(late.write({ ...words, text: "Buy here" }))).toBe("thanksStay");
    expect(await refusal(late.write({ ...words, text: "Very nice" }))).toBe("accepted");
    expect(await refusal(late.withdraw(words))).toBe("accepted");
  });

  it("can be returned once by the credited member, and is then not public", async () => {
    const street = await makeCommunity(["rosa", "karim"] as const);
    const { rosa: giver, karim: payer } = street.members;
    const at = { community: street.slug };
    const asPayer = procedures(payer.userId);
    const credit = async ({ after = 0, days = 0 } = {}) => {
      const id = v7();
      const { date } = localOf(new Date(), "Europe/Madrid");
      const payerThen = procedures(payer.userId, new Date(Date.now() + after * DAY));
      await payerThen.exchange.record({
        ...at,
        id,
        otherId: giver.id,
        mySide: "receiver",
        ...what,
        date,
        minutes: 60,
        note: "",
        confirmedDuplicate: true,
      });
      const api = procedures(giver.userId, new Date(Date.now() + (after + days) * DAY));
      const { version } = await db.exchange.findFirstOrThrow({ where: { id } });
      return {
        id,
        back: () => refusal(api.exchange.returnHours({ ...at, id, version, reason: "Never met" })),
      };
    };
    const { id, back } = await credit();
    await asPayer.thanks.write({ ...at, exchangeId: id, text: "Thanks" });
    const { version } = await db.exchange.findFirstOrThrow({ where: { id } });
    const asked = asPayer.exchange.returnHours({ ...at, id, version, reason: "" });
    expect(await refusal(asked)).toBe("notPossibleNow");
    const answers = await Promise.all([back(), back()]);
    expect(answers.sort()).toEqual(["accepted", "alreadyReversed"]);
    const accounts = await db.account.findMany({ where: { communityId: street.id } });
    expect(accounts.map(({ balance }) => balance)).toEqual(accounts.map(() => 0));
    expect(await checkBooks(street.id)).toEqual([]);
    for (const person of [giver, payer]) {
      const { events } = await procedures(person.userId).exchange.get({ ...at, id });
      expect(events.at(-1)).toMatchObject({ kind: "returned", reason: "Never met" });
    }
    const later = procedures(payer.userId, new Date(Date.now() + 30 * DAY));
    expect((await later.thanks.forMember({ ...at, id: giver.id })).thanks).toEqual([]);
    // A month later, when the limit on records has passed.
    expect(await (await credit({ after: 31, days: 8 })).back()).toBe("notPossibleNow");
    // An exchange that both agreed to is reversed by a coordinator only.
    const both = await settled(karim, fixture.members.rosa.id);
    const mine = rosa.exchange.returnHours({ ...(await step(both)), reason: "" });
    expect(await refusal(mine)).toBe("notPossibleNow");
  });
});

describe("the home page of a member credited by another's record", () => {
  it("shows it, latest first, only to them, while the hours can be returned", async () => {
    const street = await makeCommunity(["rosa", "karim"] as const);
    const { rosa: giver, karim: payer } = street.members;
    const at = { community: street.slug };
    const now = new Date();
    const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
    const { date } = localOf(now, "Europe/Madrid");
    const record = async (by: { userId: string }, mySide: "giver" | "receiver", hours = 0) => {
      const id = v7();
      const other = by === payer ? giver : payer;
      await procedures(by.userId, inHours(hours)).exchange.record({
        ...at,
        id,
        otherId: other.id,
        mySide,
        ...what,
        date,
        minutes: 60,
        note: "",
        confirmedDuplicate: true,
      });
      const { version } = await db.exchange.findFirstOrThrow({ where: { id } });
      return { ...at, id, version };
    };
    const creditedOn = async (person: { userId: string }, hours = 2) => {
      const { credited: shown } = await procedures(person.userId, inHours(hours)).home.get(at);
      return shown.map(({ id }) => id);
    };
    const first = await record(payer, "receiver");
    const second = await record(payer, "receiver", 1);
    // The giver's own record is not shown to them.
    await procedures(payer.userId).exchange.confirm(await record(giver, "giver"));
    expect(await creditedOn(giver)).toEqual([second.id, first.id]);
    expect(await creditedOn(payer)).toEqual([]);
    const { credited: shown } = await procedures(giver.userId, inHours(2)).home.get(at);
    expect(shown[1]).toMatchObject({
      minutes: 60,
      other: { displayName: "karim" },
      returnableUntil: inHours(7 * 24),
    });
    expect(await creditedOn(giver, 7 * 24 + 0.5)).toEqual([second.id]);
    await procedures(giver.userId).exchange.returnHours({ ...second, reason: "" });
    expect(await creditedOn(giver)).toEqual([first.id]);
  });
});

describe("a member's neighbours", () => {
  it("are listed by name for the member only, counted for all, without reversed exchanges", async () => {
    const street = await makeCommunity(["rosa", "karim", "mina"] as const);
    const { rosa: giver, karim: first, mina: second } = street.members;
    const { date } = localOf(new Date(), "Europe/Madrid");
    const helped = async (receiver: { userId: string }, by: { id: string }, minutes: number) => {
      const id = v7();
      await procedures(receiver.userId).exchange.record({
        community: street.slug,
        id,
        otherId: by.id,
        mySide: "receiver",
        ...what,
        date,
        minutes,
        note: "",
        confirmedDuplicate: true,
      });
      return id;
    };
    await helped(first, giver, 60);
    await helped(first, giver, 30);
    await helped(giver, first, 15);
    const mistake = await helped(second, giver, 120);
    const { version } = await db.exchange.findFirstOrThrow({ where: { id: mistake } });
    const asRosa = procedures(giver.userId);
    const asMina = procedures(second.userId);
    const inStreet = { community: street.slug };
    const countedBefore = await asMina.thanks.forMember({ ...inStreet, id: giver.id });
    expect(countedBefore.people).toEqual({ helped: 2, helpedBy: 1 });
    await procedures(street.coordinator.userId).exchange.reverse({
      ...inStreet,
      id: mistake,
      version,
      reason: "A mistake.",
    });
    expect(await asRosa.account.neighbours(inStreet)).toEqual([
      {
        id: first.id,
        number: 3,
        displayName: "karim",
        role: "member",
        photoId: null,
        gaveTimes: 2,
        gaveMinutes: 90,
        receivedTimes: 1,
        receivedMinutes: 15,
      },
    ]);
    expect(await asMina.account.neighbours(inStreet)).toEqual([]);
    const counted = await asMina.thanks.forMember({ ...inStreet, id: giver.id });
    expect(counted.people).toEqual({ helped: 1, helpedBy: 1 });
  });

  it("are not shown for an applicant, nor in another community", async () => {
    const { id } = fixture.members.mina;
    await db.member.updateMany({ where: { id }, data: { status: "applied" } });
    expect(await refusal(rosa.thanks.forMember({ ...here(), id }))).toBe("notFound");
    await db.member.updateMany({ where: { id }, data: { status: "active" } });
    const stranger = { ...here(), id: elsewhere.members.mina.id };
    expect(await refusal(rosa.thanks.forMember(stranger))).toBe("notFound");
  });
});
