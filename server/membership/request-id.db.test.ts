/** Every procedure that takes an id made by the client: the same again, something else, at once. */
import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { localOf } from "../../domain/kernel/calendar";
import { appRouter } from "../api/root";
import { db } from "../platform/db/client";
import { owner } from "../platform/db/testing/pools";
import { balanceOf, makeCommunity, procedures } from "../testing/people";

const DAY = 86_400_000;
const dayIn = (days: number) => localOf(new Date(Date.now() + days * DAY), "Europe/Madrid").date;

type Api = ReturnType<typeof procedures>;
type Sending = (api: Api, input: never) => Promise<unknown>;
type Case = { send: Sending; content: object; others: object[]; rows: () => Promise<number> };

let fixture: Awaited<ReturnType<typeof makeCommunity<"rosa" | "karim">>>;
let carla: Api;
let rosa: Api;
let exchangeId: string;
let cases: Record<string, Case>;

const count = async (table: string) =>
  (
    await owner().query<{ rows: number }>(
      `SELECT count(*)::integer AS rows FROM ${table} WHERE community_id = $1`,
      [fixture.id],
    )
  ).rows[0]?.rows ?? 0;

beforeAll(async () => {
  fixture = await makeCommunity(["rosa", "karim"] as const);
  carla = procedures(fixture.coordinator.userId);
  rosa = procedures(fixture.members.rosa.userId);
  const community = fixture.slug;
  const [rosaId, karimId] = [fixture.members.rosa.id, fixture.members.karim.id];
  const what = { title: "Fix the bicycle", category: "repair", note: "" };
  const proposal = {
    community,
    otherId: rosaId,
    mySide: "receiver",
    ...what,
    minutes: 60,
    date: dayIn(3),
    time: "10:00",
    place: "giver",
    placeNote: "",
    confirmedDuplicate: true,
  };
  const record = {
    community,
    otherId: rosaId,
    mySide: "receiver",
    ...what,
    minutes: 60,
    date: dayIn(0),
    confirmedDuplicate: true,
  };
  const listing = {
    community,
    kind: "offer",
    title: "Bicycle repair",
    description: "",
    category: "repair",
    minutes: 60,
    places: ["mine"],
    availability: "",
  };
  ({ id: exchangeId } = await carla.exchange.propose({ ...proposal, id: v7() } as never));
  const note = { community, exchangeId, text: "See you there" };
  cases = {
    "exchange.propose": {
      send: (api, input) => api.exchange.propose(input),
      content: proposal,
      others: [
        { ...proposal, minutes: 120 },
        { ...proposal, otherId: karimId },
        { ...proposal, repeat: { weeks: 1, times: 2 } },
      ],
      rows: () => count("exchange"),
    },
    "exchange.record": {
      send: (api, input) => api.exchange.record(input),
      content: record,
      others: [
        { ...record, minutes: 120 },
        { ...record, note: "Thank you" },
        { ...record, title: "Something else" },
      ],
      rows: () => count("exchange"),
    },
    "exchange.note": {
      send: (api, input) => api.exchange.note(input),
      content: note,
      others: [{ ...note, text: "See you here" }],
      rows: () => count("exchange_note"),
    },
    "listing.create": {
      send: (api, input) => api.listing.create(input),
      content: listing,
      others: [
        { ...listing, description: "More" },
        { ...listing, kind: "request" },
      ],
      rows: () => count("listing"),
    },
    "search.save": {
      send: (api, input) => api.search.save(input),
      content: { community, words: "bicycle" },
      others: [{ community, words: "cake" }],
      rows: () => count("saved_search"),
    },
    "availability.addOverride": {
      send: (api, input) => api.availability.addOverride(input),
      content: { community, firstDay: dayIn(3), lastDay: dayIn(4), starts: null, ends: null },
      others: [{ community, firstDay: dayIn(3), lastDay: dayIn(5), starts: null, ends: null }],
      rows: () => count("availability_override"),
    },
    "neighbourhood.add": {
      send: (api, input) => api.neighbourhood.add(input),
      content: { community, name: "The mill", point: { latitude: 521_234, longitude: 134_567 } },
      others: [{ community, name: "The canal", point: { latitude: 521_234, longitude: 134_567 } }],
      rows: () => count("neighbourhood"),
    },
  };
});

/** Ids of things that are there already, with which nothing is made. */
const NAMES_A_THING = [
  "listing.update",
  "listing.renew",
  "listing.pause",
  "listing.close",
  "search.seen",
  "search.forget",
  "availability.removeOverride",
  "neighbourhood.update",
  "neighbourhood.remove",
  "person.endSession",
  "community.withdrawInvitation",
  "member.vouch",
];

const answerTo = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    (result) => result ?? "done",
    (error: { cause?: { code?: string }; code: string }) => error.cause?.code ?? error.code,
  );

const names = [
  "exchange.propose",
  "exchange.record",
  "exchange.note",
  "listing.create",
  "search.save",
  "availability.addOverride",
  "neighbourhood.add",
];

describe("an id that the client made", () => {
  it.each(names)("%s is used for one request", async (name) => {
    const tried = cases[name];
    if (!tried) throw new Error(`There is no case for ${name}.`);
    const id = v7();
    const send = (content: object, api = carla) =>
      answerTo(tried.send(api, { ...content, id } as never));
    const before = await tried.rows();
    // In the same instant, and once more.
    const first = await Promise.all([1, 2, 3].map(() => send(tried.content)));
    expect(new Set(first.map((result) => JSON.stringify(result))).size, `${first}`).toBe(1);
    expect(await send(tried.content)).toEqual(first[0]);
    expect(await tried.rows()).toBe(before + 1);
    for (const other of tried.others) expect(await send(other)).toBe("sameIdOtherContent");
    expect(await tried.rows()).toBe(before + 1);
    // Whatever became of it since, and although it would be refused today.
    await db.member.updateMany({
      where: { id: fixture.coordinator.id },
      data: { status: "paused" },
    });
    expect(await send(tried.content)).toEqual(first[0]);
    await db.member.updateMany({
      where: { id: fixture.coordinator.id },
      data: { status: "active" },
    });
    if (name !== "neighbourhood.add") {
      expect(await send(tried.content, rosa)).toBe("idTaken");
    }
    // A row of an earlier version, of which no request is known: what can be compared is compared.
    await owner().query("DELETE FROM request_id WHERE id = $1", [id]);
    const [other] = tried.others;
    expect(await send(other ?? {})).toBe("sameIdOtherContent");
    expect(await send(tried.content)).toEqual(first[0]);
    expect(await tried.rows()).toBe(before + 1);
  });

  it("is free again after a request that was refused", async () => {
    const id = v7();
    const { content } = cases["exchange.record"] ?? { content: {} };
    const send = (change: object) =>
      answerTo(carla.exchange.record({ ...content, ...change, id } as never));
    expect(await send({ minutes: 20 })).toBe("minutesNotAStep");
    expect(await send({ minutes: 30 })).toEqual({ id });
  });

  it("creates nothing again after the row was edited or removed", async () => {
    const id = v7();
    const { content } = cases["listing.create"] ?? { content: {} };
    await carla.listing.create({ ...content, id } as never);
    await carla.listing.update({ ...content, id, title: "Bicycles, repaired" } as never);
    expect(await answerTo(carla.listing.create({ ...content, id } as never))).toEqual({ id });
    const { title } = await db.listing.findFirstOrThrow({ where: { id } });
    expect(title).toBe("Bicycles, repaired");
    const away = v7();
    const days = { ...(cases["availability.addOverride"]?.content ?? {}), id: away };
    await rosa.availability.addOverride(days as never);
    await rosa.availability.removeOverride({ community: fixture.slug, id: away });
    await rosa.availability.addOverride(days as never);
    expect(await db.availabilityOverride.count({ where: { id: away } })).toBe(0);
  });

  it("is compared in every procedure that makes something of one", () => {
    type Procedure = { _def: { type: string; inputs: { shape?: object }[] } };
    // tRPC keeps them flat, by their whole path, although its types nest them.
    const all = appRouter._def.procedures as unknown as Record<string, Procedure>;
    const taking = Object.entries(all).filter(([, procedure]) => {
      const { type, inputs } = procedure._def;
      const shape = inputs[0]?.shape ?? {};
      return type === "mutation" && "id" in shape && !("version" in shape);
    });
    const rest = taking.map(([name]) => name).filter((name) => !NAMES_A_THING.includes(name));
    expect(rest.sort()).toEqual([...names].sort());
  });
});

describe("the same help a second time", () => {
  let place: Awaited<ReturnType<typeof makeCommunity<"rosa" | "karim">>>;
  let [one, two]: Api[] = [];
  const what = { title: "Fix the bicycle", category: "repair" as const, note: "" };
  const record = (api: Api, mySide: "giver" | "receiver", more: object = {}) => {
    const otherId = api === one ? place.members.karim.id : place.members.rosa.id;
    return answerTo(
      api.exchange.record({
        community: place.slug,
        id: v7(),
        otherId,
        mySide,
        ...what,
        minutes: 60,
        date: dayIn(0),
        ...more,
      }),
    );
  };
  beforeAll(async () => {
    place = await makeCommunity(["rosa", "karim"] as const);
    [one, two] = [place.members.rosa, place.members.karim].map(({ userId }) => procedures(userId));
  });

  it("needs confirmation from either side, and is recorded once confirmed as another one", async () => {
    if (!one || !two) throw new Error("There are two.");
    expect(await record(one, "receiver")).toHaveProperty("id");
    expect(await record(one, "receiver", { title: "Other words" })).toBe("recordedByYou");
    expect(await record(two, "giver", { minutes: 75 })).toBe("recordedByThem");
    expect(await balanceOf(place.id, place.members.karim.id)).toMatchObject({ balance: 60 });
    // The other way round, and on another day for another time, it is other help.
    expect(await record(two, "receiver")).toHaveProperty("id");
    expect(await record(one, "receiver", { date: dayIn(-3), minutes: 30 })).toHaveProperty("id");
    expect(await record(one, "receiver", { confirmedDuplicate: true })).toHaveProperty("id");
  });

  it("is asked of one of two who record it in the same instant", async () => {
    if (!one || !two) throw new Error("There are two.");
    const date = dayIn(-20);
    const both = await Promise.all([
      record(one, "receiver", { date, minutes: 45 }),
      record(two, "giver", { date, minutes: 45 }),
    ]);
    expect(both.filter((result) => typeof result === "string")).toHaveLength(1);
  });

  it("is asked about while what was agreed for that day waits to be reported", async () => {
    const then = new Date(Date.now() - 40 * DAY);
    const [early, other] = [place.members.rosa, place.members.karim];
    const terms = { date: dayIn(-38), time: "10:00", minutes: 60 };
    const { id } = await procedures(early.userId, then).exchange.propose({
      community: place.slug,
      id: v7(),
      otherId: other.id,
      mySide: "receiver",
      ...what,
      ...terms,
      place: "giver",
      placeNote: "",
    });
    await procedures(other.userId, then).exchange.agree({ community: place.slug, id, version: 1 });
    if (!one) throw new Error("There are two.");
    expect(await record(one, "receiver", { date: dayIn(-38) })).toBe("agreedForThatDay");
  });

  it("is asked about when it is proposed twice", async () => {
    const proposal = {
      community: place.slug,
      otherId: place.members.karim.id,
      mySide: "receiver" as const,
      ...what,
      date: dayIn(9),
      time: "10:00",
      minutes: 60,
      place: "giver" as const,
      placeNote: "",
    };
    const propose = (more: object = {}) =>
      answerTo(
        procedures(place.members.rosa.userId).exchange.propose({ ...proposal, id: v7(), ...more }),
      );
    expect(await propose()).toHaveProperty("id");
    expect(await propose()).toBe("proposedBefore");
    expect(await propose({ time: "12:00" })).toHaveProperty("id");
    expect(await propose({ confirmedDuplicate: true })).toHaveProperty("id");
  });
});
