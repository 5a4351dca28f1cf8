/** The directory, and members' locations. */
import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { MAX_LATITUDE, metresBetween, stepEastward } from "../../domain/place/distance";
import { owner } from "../platform/db/testing/pools";
import { makeCommunity, procedures } from "../testing/people";

type Fixture = Awaited<ReturnType<typeof makeCommunity<"ana" | "ben" | "chiara">>>;
let fixture: Fixture;
const as = (name: keyof Fixture["members"]) => procedures(fixture.members[name].userId);
const be = (name: keyof Fixture["members"], more: object) =>
  as(name).member.updateProfile({
    community: fixture.slug,
    displayName: name,
    about: "",
    contact: "",
    languages: [],
    neighbourhood: "",
    ...more,
  });
const find = async (words: string) =>
  (await as("ana").member.list({ community: fixture.slug, words })).members;
const names = async (words: string) => (await find(words)).map(({ displayName }) => displayName);

beforeAll(async () => {
  fixture = await makeCommunity(["ana", "ben", "chiara"]);
  await be("ana", { displayName: "Ana Müller" });
  await be("ben", { displayName: "Benjamín Ñandú", neighbourhood: "Río Alto" });
  await be("chiara", { displayName: "Чиара Ёлкина" });
  const elsewhere = await makeCommunity(["ana"]);
  await procedures(elsewhere.members.ana.userId).member.updateProfile({
    community: elsewhere.slug,
    displayName: "Ana Ñandú",
    about: "",
    contact: "",
    languages: [],
    neighbourhood: "Río Alto",
  });
});

describe("people", () => {
  it.each([
    ["nandu", "Benjamín Ñandú"],
    ["ÑANDÚ benj", "Benjamín Ñandú"],
    ["rio", "Benjamín Ñandú"],
    ["muller", "Ana Müller"],
    ["Mueller", "Ana Müller"],
    ["mu\u0308ller", "Ana Müller"],
    ["елкина", "Чиара Ёлкина"],
  ])("%s finds %s", async (words, name) => {
    expect(await names(words)).toEqual([name]);
    expect((await find(words))[0]?.isNear).toBe(false);
  });

  it.each([
    ["Benjamim", "Benjamín Ñandú"],
    ["Mueler", "Ana Müller"],
  ])("%s may mean %s", async (words, name) => {
    expect(await names(words)).toEqual([name]);
    expect((await find(words))[0]?.isNear).toBe(true);
  });

  it("are found by their number", async () => {
    for (const number of ["1", "#1", "١", "۱", "१", "１"]) {
      expect([number, (await find(number))[0]?.displayName]).toEqual([number, "Carla"]);
    }
  });

  it.each(["%", "_", "'", "\\", "xylophon", "99999999999"])("find nobody by %s", async (words) => {
    expect(await names(words)).toEqual([]);
  });

  it("are all listed without words, except inactive ones", async () => {
    expect(await names("")).toHaveLength(4);
    const be = (status: string) =>
      owner().query("UPDATE member SET status = $1 WHERE id = $2", [
        status,
        fixture.members.ben.id,
      ]);
    await be("paused");
    expect(await names("nandu")).toEqual([]);
    expect(await names("Benjamim")).toEqual([]);
    await be("active");
  });

  it("are listed in pages without a gap or a repetition", async () => {
    const town = await makeCommunity(["ana"]);
    await owner().query(
      `WITH someone AS (SELECT gen_random_uuid() AS id, n FROM generate_series(1, 520) AS n), opened AS (
         INSERT INTO account (community_id, id, kind) SELECT $1, id, 'member' FROM someone)
       INSERT INTO member (community_id, id, number, status, display_name, role, about, languages,
         neighbourhood, contact, joined_at)
       SELECT $1, id, 100 + n, 'active', 'Anna ' || n % 100, 'member', '', '{}', '', '', now()
       FROM someone`,
      [town.id],
    );
    const ask = procedures(town.coordinator.userId).member.list;
    for (const most of [undefined, 500]) {
      const seen: { displayName: string; number: number }[] = [];
      let after: string | undefined;
      do {
        const page = await ask({ community: town.slug, after, most });
        expect(page.members.length).toBeLessThanOrEqual(most ?? 60);
        seen.push(...page.members);
        after = page.next ?? undefined;
      } while (after);
      expect(new Set(seen.map(({ number }) => number)).size).toBe(522);
      expect(seen).toHaveLength(522);
      const collator = new Intl.Collator("en");
      const sorted = [...seen].sort(
        (one, other) =>
          collator.compare(one.displayName, other.displayName) || one.number - other.number,
      );
      expect(seen).toEqual(sorted);
    }
  });
});

describe("names", () => {
  const people = ["Zoe Zander", "von Adler, Hanne", "Álvaro Ruiz", "Öznur Tekin", "Amara", "Olu"];
  const more = ["Vera", "Ñandú", "Nunez", "Олена Шевченко", "Νίκος", "أمل"];

  it("are sorted by the reader's language, in each list", async () => {
    const town = await makeCommunity([...people, ...more]);
    const { userId } = town.coordinator;
    const list = async (language: "en" | "es") =>
      (
        await procedures(userId, undefined, language).member.list({ community: town.slug })
      ).members.map(({ displayName }) => displayName);
    const before = ["Álvaro Ruiz", "Amara", "Carla"];
    const after = ["Olu", "Öznur Tekin", "Vera", "von Adler, Hanne", "Zoe Zander"];
    const others = ["Νίκος", "Олена Шевченко", "أمل"];
    expect(await list("en")).toEqual([...before, "Ñandú", "Nunez", ...after, ...others]);
    expect(await list("es")).toEqual([...before, "Nunez", "Ñandú", ...after, ...others]);

    const coordinator = procedures(town.coordinator.userId, undefined, "es");
    for (const name of ["Ñuñoa", "Norte", "Zoo", "Álamos"]) {
      await coordinator.neighbourhood.add({
        community: town.slug,
        id: v7(),
        name,
        point: { latitude: 0, longitude: 0 },
      });
    }
    const parts = await coordinator.neighbourhood.list({ community: town.slug });
    expect(parts.map(({ name }) => name)).toEqual(["Álamos", "Norte", "Ñuñoa", "Zoo"]);
  });

  it.each([
    ["Шевчинко", "Олена Шевченко"],
    ["Νίοκς", "Νίκος"],
  ])("%s may mean %s", async (words, name) => {
    const town = await makeCommunity(["Олена Шевченко", "Νίκος"]);
    const { members } = await procedures(town.coordinator.userId).member.list({
      community: town.slug,
      words,
    });
    expect(members.map(({ displayName, isNear }) => [displayName, isNear])).toEqual([[name, true]]);
  });
});

describe("a member's location", () => {
  const placeOf = async (name: keyof Fixture["members"]) =>
    (await as(name).community.here({ community: fixture.slug })).me.point;
  const exact = { latitude: 404_168, longitude: -37_038 };

  it("is stored on a grid of 300 m, however exact the input", async () => {
    await be("ana", { point: exact });
    const { rows } = await owner().query<{ latitude: number; longitude: number }>(
      "SELECT latitude, longitude FROM member WHERE id = $1",
      [fixture.members.ana.id],
    );
    const [stored] = rows;
    expect(stored).toEqual(await placeOf("ana"));
    expect(stored).not.toEqual(exact);
    expect(metresBetween(exact, stored ?? { latitude: 0, longitude: 0 })).toBeLessThan(230);
  });

  it("stays when the profile is saved without it, and is deleted when removed", async () => {
    await be("ana", { point: exact });
    await be("ana", {});
    expect(await placeOf("ana")).not.toBeNull();
    await be("ana", { point: null });
    expect(await placeOf("ana")).toBeNull();
  });

  it("is shown to no other member", async () => {
    await be("ben", { point: exact });
    const input = { community: fixture.slug, id: fixture.members.ben.id };
    const responses = JSON.stringify([
      await as("chiara").member.get(input),
      await procedures(fixture.coordinator.userId).member.get(input),
      await find("nandu"),
    ]);
    expect(responses).not.toMatch(/latitude|longitude|point/);
  });

  it("is refused by the table where it is finer than the grid", async () => {
    const { rows } = await owner().query<{ latitude: number; step: number }>(
      `SELECT latitude,
         round(27 / greatest(cosd(latitude / 10000.0::float8), 0.05))::integer AS step
       FROM generate_series(-$1::integer, $1, 27) AS latitude`,
      [MAX_LATITUDE - (MAX_LATITUDE % 27)],
    );
    expect(rows.length).toBe(66_667);
    expect(rows.filter(({ latitude, step }) => step !== stepEastward(latitude))).toEqual([]);
  });
});
