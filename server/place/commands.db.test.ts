/** Neighbourhoods, members in them, and the map. */
import { v7 } from "uuid";
import { beforeEach, describe, expect, it } from "vitest";
import type { DomainErrorCode } from "../../domain/kernel/errors";
import { coarseFromDegrees, isSamePoint, type Point } from "../../domain/place/distance";
import { MAX_NEIGHBOURHOODS } from "../../domain/place/neighbourhood";
import { db } from "../platform/db/client";
import { env } from "../platform/env";
import { makeCommunity, procedures } from "../testing/people";

const CANAL = coarseFromDegrees(52.4975, 13.4236);
const MILL = coarseFromDegrees(52.5012, 13.4375);
const OWN = coarseFromDegrees(52.51, 13.41);

type Fixture = Awaited<ReturnType<typeof makeCommunity<"ana" | "ben" | "cleo">>>;
let fixture: Fixture;
const as = (name: keyof Fixture["members"], now?: Date) =>
  procedures(fixture.members[name].userId, now);
const coordinator = () => procedures(fixture.coordinator.userId);

const refusal = async (asked: Promise<unknown>): Promise<DomainErrorCode | "done" | string> =>
  asked.then(
    () => "done",
    (error: { cause?: { code?: string }; message: string }) => error.cause?.code ?? error.message,
  );

const add = (name: string, point: Point = CANAL, id = v7(), who = coordinator()) =>
  who.neighbourhood.add({ community: fixture.slug, id, name, point });
/** The results of concurrent requests. */
const allAtOnce = async (nameOf: (index: number) => string) => {
  const asked = Array.from({ length: 12 }, (_, index) => refusal(add(nameOf(index))));
  return [...new Set(await Promise.all(asked))].sort();
};
const list = async () =>
  (await as("ana").neighbourhood.list({ community: fixture.slug })).map(({ name }) => name);
const live = (name: keyof Fixture["members"], neighbourhood: string, point: Point | null) =>
  as(name).member.updateProfile({
    community: fixture.slug,
    displayName: name,
    about: "",
    languages: [],
    contact: "",
    neighbourhood,
    point,
  });
const whereIs = async (name: keyof Fixture["members"]) => {
  const { me } = await as(name).community.here({ community: fixture.slug });
  return { neighbourhood: me.neighbourhood, point: me.point };
};

beforeEach(async () => {
  fixture = await makeCommunity(["ana", "ben", "cleo"]);
});

describe("naming neighbourhoods", () => {
  it("stores them with a coarse point, sorted by name", async () => {
    await add("The mill", { latitude: 525_012, longitude: 134_375 });
    await add("By the canal");
    expect(await list()).toEqual(["By the canal", "The mill"]);
    const [, mill] = await as("ana").neighbourhood.list({ community: fixture.slug });
    expect(mill?.point).toEqual(MILL);
  });

  it("allows each name once per community, ignoring case", async () => {
    const id = v7();
    await add("Gärtnerviertel", CANAL, id);
    expect(await refusal(add("GÄRTNERVIERTEL"))).toBe("neighbourhoodTaken");
    await add("The mill");
    const mill = { community: fixture.slug, id, point: CANAL };
    const rename = (name: string) => coordinator().neighbourhood.update({ ...mill, name });
    expect(await refusal(rename("the MILL"))).toBe("neighbourhoodTaken");
    expect(await refusal(rename("gärtnerviertel"))).toBe("done");
    fixture = await makeCommunity(["ana", "ben", "cleo"]);
    expect(await refusal(add("Gärtnerviertel"))).toBe("done");
  });

  it("creates one for a repeated request, and refuses other content with the same id", async () => {
    const id = v7();
    await add("The mill", MILL, id);
    expect(await refusal(add("The mill", MILL, id))).toBe("done");
    expect(await refusal(add("The mill", CANAL, id))).toBe("sameIdOtherContent");
    expect(await list()).toEqual(["The mill"]);
  });

  it("stops at the limit, even for concurrent requests", async () => {
    const rows = Array.from({ length: MAX_NEIGHBOURHOODS - 1 }, (_, index) => ({
      communityId: fixture.id,
      id: v7(),
      name: `Street ${index}`,
      ...CANAL,
    }));
    await db.neighbourhood.createMany({ data: rows });
    expect(await allAtOnce((index) => `Lane ${index}`)).toEqual(["done", "tooManyNeighbourhoods"]);
    expect(await list()).toHaveLength(MAX_NEIGHBOURHOODS);
  });

  it("creates one for concurrent requests with the same name", async () => {
    expect(await allAtOnce(() => "The mill")).toEqual(["done", "neighbourhoodTaken"]);
    expect(await list()).toEqual(["The mill"]);
  });

  it("is for coordinators of the same community", async () => {
    const id = v7();
    await add("The mill", MILL, id);
    const { slug } = fixture;
    const changed = { id, name: "Mine", point: CANAL };
    const elsewhere = await makeCommunity(["tom"]);
    const foreign = procedures(elsewhere.coordinator.userId);
    const refused = [
      as("ana").neighbourhood.add({ ...changed, community: slug, id: v7() }),
      as("ana").neighbourhood.update({ ...changed, community: slug }),
      as("ana").neighbourhood.remove({ community: slug, id }),
      foreign.neighbourhood.list({ community: slug }),
      foreign.neighbourhood.update({ ...changed, community: slug }),
      foreign.neighbourhood.update({ ...changed, community: elsewhere.slug }),
      foreign.neighbourhood.remove({ community: elsewhere.slug, id }),
    ].map(refusal);
    expect(new Set(await Promise.all(refused))).toEqual(new Set(["notFound"]));
    expect(await list()).toEqual(["The mill"]);
  });
});

describe("members in a neighbourhood", () => {
  it("keep its name and their point when it is removed", async () => {
    const id = v7();
    await add("By the canal", CANAL, id);
    await live("ana", "By the canal", CANAL);
    await coordinator().neighbourhood.remove({ community: fixture.slug, id });
    expect(await list()).toEqual([]);
    expect(await whereIs("ana")).toEqual({ neighbourhood: "By the canal", point: CANAL });
  });

  it("get its new name, and move along when located at its point", async () => {
    const id = v7();
    await add("By the canal", CANAL, id);
    await live("ana", "By the canal", CANAL);
    await live("ben", "by the Canal", OWN);
    await live("cleo", "Elsewhere", CANAL);
    const neighbourhood = { community: fixture.slug, id, name: "Canal side", point: MILL };
    await coordinator().neighbourhood.update(neighbourhood);
    expect(await whereIs("ana")).toEqual({ neighbourhood: "Canal side", point: MILL });
    expect(await whereIs("ben")).toEqual({ neighbourhood: "Canal side", point: OWN });
    expect(await whereIs("cleo")).toEqual({ neighbourhood: "Elsewhere", point: CANAL });
  });

  it("are found by its new name, without changes in other communities", async () => {
    const before = fixture;
    await live("ana", "By the canal", CANAL);
    fixture = await makeCommunity(["ana", "ben", "cleo"]);
    const id = v7();
    await add("By the canal", CANAL, id);
    const neighbourhood = { community: fixture.slug, id, name: "Dockside", point: MILL };
    await live("ana", "By the canal", CANAL);
    await coordinator().neighbourhood.update(neighbourhood);
    const found = await as("ben").member.list({ community: fixture.slug, words: "dockside" });
    expect(found.members.map(({ id: member }) => member)).toEqual([fixture.members.ana.id]);
    fixture = before;
    expect(await whereIs("ana")).toEqual({ neighbourhood: "By the canal", point: CANAL });
  });
});

describe("the map", () => {
  const offer = async (name: keyof Fixture["members"]) => {
    const id = v7();
    await as(name).listing.create({
      community: fixture.slug,
      id,
      kind: "offer",
      title: "Piano",
      description: "",
      category: "lessons",
      minutes: 60,
      places: ["mine"],
      availability: "",
    });
    return id;
  };
  const places = (ids: string[], now?: Date) =>
    as("cleo", now).listing.places({ community: fixture.slug, ids });
  const configure = (tiles?: string, credit?: string) =>
    Object.assign(env(), { EVENHOUR_MAP_TILES: tiles, EVENHOUR_MAP_CREDIT: credit });
  const withMap = async (work: () => Promise<void>) => {
    configure("https://tile.example.org/{z}/{x}/{y}.png", "Example");
    await work().finally(() => configure());
  };

  // Independent of the environment of the test run.
  beforeEach(() => {
    configure();
  });

  it("is absent and shows no location where none is configured", async () => {
    await live("ana", "", CANAL);
    const id = await offer("ana");
    expect(await refusal(places([id]))).toBe("notFound");
    expect((await as("cleo").community.here({ community: fixture.slug })).map).toBeNull();
  });

  it("shows the coarse locations of open listings only", () =>
    withMap(async () => {
      await live("ana", "", { latitude: 524_975, longitude: 134_236 });
      const [known, paused, unknown] = [await offer("ana"), await offer("ana"), await offer("ben")];
      await as("ana").listing.pause({ community: fixture.slug, id: paused });
      const found = await places([known, paused, unknown, v7()]);
      expect(found).toEqual([{ id: known, point: CANAL }]);
      expect(isSamePoint(found[0]?.point ?? null, coarseFromDegrees(52.4975, 13.4236))).toBe(true);
      expect(await places([known], new Date(Date.now() + 400 * 86_400_000))).toEqual([]);
      const who = { communityId: fixture.id, id: fixture.members.ana.id };
      await db.member.update({ where: { communityId_id: who }, data: { status: "paused" } });
      expect(await places([known])).toEqual([]);
    }));

  it("shows nothing of another community", () =>
    withMap(async () => {
      await live("ana", "", CANAL);
      const id = await offer("ana");
      fixture = await makeCommunity(["ana", "ben", "cleo"]);
      expect(await places([id])).toEqual([]);
    }));
});
