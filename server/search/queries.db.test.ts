/** Search by words in any language and spelling, by filters, and by distance. */
import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import type { WrittenLanguage } from "@/domain/kernel/written-languages";
import type { Category, ListingKind, Place } from "../../domain/listing/listing";
import { coarseFromDegrees } from "../../domain/place/distance";
import { db } from "../platform/db/client";
import { state } from "../platform/db/testing/books";
import { owner } from "../platform/db/testing/pools";
import { makeCommunity, procedures } from "../testing/people";

type Fixture = Awaited<ReturnType<typeof makeCommunity<"ana" | "ben" | "chiara">>>;
type Post = {
  title: string;
  description?: string;
  language?: WrittenLanguage;
  kind?: ListingKind;
  category?: Category;
  places?: Place[];
};

let fixture: Fixture;
/** How many minutes ago the next listing is put up; each is newer than the one before. */
let ago = 10_000;

const as = (name: keyof Fixture["members"], now?: Date) =>
  procedures(fixture.members[name].userId, now);

async function post(name: keyof Fixture["members"], { title, ...more }: Post) {
  ago -= 1;
  const at = new Date(Date.now() - ago * 60_000);
  // Stored directly: more than the daily limit of a member.
  const { id } = await db.listing.create({
    data: {
      communityId: fixture.id,
      id: v7(),
      memberId: fixture.members[name].id,
      kind: "offer",
      status: "open",
      title,
      description: "",
      category: "other",
      minutes: 60,
      places: ["mine"],
      availability: "",
      language: "en",
      ...more,
      createdAt: at,
      updatedAt: at,
      expiresAt: new Date(Date.now() + 90 * 86_400_000),
    },
    select: { id: true },
  });
  return id;
}

type Query = Omit<Parameters<ReturnType<typeof procedures>["listing"]["browse"]>[0], "community">;
const browse = (query: Query = {}, name: keyof Fixture["members"] = "ana") =>
  as(name).listing.browse({ community: fixture.slug, ...query });
const titles = async (query: Query) =>
  (await browse(query)).listings.map((listing) => listing.title);
const nearest = async (words: string) =>
  (await browse({ words })).nearest.map((listing) => listing.title);

const profile = (name: string, more: object = {}) => ({
  community: fixture.slug,
  displayName: name,
  about: "",
  contact: "",
  languages: [] as string[],
  neighbourhood: "",
  ...more,
});

beforeAll(async () => {
  fixture = await makeCommunity(["ana", "ben", "chiara"]);
});

describe("words", () => {
  beforeAll(async () => {
    await as("ben").member.updateProfile(profile("Benjamín Ñandú", { neighbourhood: "Río Alto" }));
    await post("ana", { title: "Reparación de bicicletas", language: "es" });
    await post("ana", { title: "Fixing bicycles", description: "Brakes, and gears/chains." });
    await post("ana", { title: "إصلاح الدراجات", language: "ar" });
    await post("ana", { title: "Klavierstunden für Anfänger", language: "de" });
    await post("ana", { title: "Починка ёлочных игрушек", language: "ru" });
    await post("ana", { title: "Help with the garden", language: "pl" });
    await post("ana", { title: "Cuidar niños", language: "es" });
    await post("ana", { title: "Traducciones juradas", language: "es" });
    await post("ana", { title: "Invitaciones bordadas", language: "es" });
    await post("ana", { title: "Letter translation", language: "en" });
    await post("ana", { title: "The Who", language: "en" });
    // An apostrophe that is a letter, and without its accents nothing.
    await post("ana", { title: "Zazen", description: "ʼ" });
    await post("ben", { title: "Café y conversación", language: "es" });
  });

  it.each([
    ["accents do not matter", "reparacion", "Reparación de bicicletas"],
    ["nor where there are none", "Cafè", "Café y conversación"],
    ["nor capital letters", "KLAVIERSTUNDEN", "Klavierstunden für Anfänger"],
    ["the first letters suffice", "klav", "Klavierstunden für Anfänger"],
    ["Spanish words find their other forms", "reparaciones bicicleta", "Reparación de bicicletas"],
    ["without accents too", "reparacion bicicleta", "Reparación de bicicletas"],
    ["English words do", "bicycle fixed", "Fixing bicycles"],
    ["Arabic words do", "دراجة", "إصلاح الدراجات"],
    ["with their vowel signs too", "إِصْلاح", "إصلاح الدراجات"],
    ["Russian words do", "елочные игрушек", "Починка ёлочных игрушек"],
    ["words of a language without stems stay as they are", "garden", "Help with the garden"],
    ["words beside a mark are words", "chains", "Fixing bicycles"],
    ["small words do not stand in the way", "the bicycles", "Fixing bicycles"],
    ["and are looked for where there are no others", "who the", "The Who"],
    ["a stem has no accents", "nino cuidar", "Cuidar niños"],
    [
      "an accent that was left out does no harm to a stem",
      "traduccion jur",
      "Traducciones juradas",
    ],
    ["nor to the ending that has it", "invitacion bordada", "Invitaciones bordadas"],
    ["nor in a language that has none", "translations letter", "Letter translation"],
    ["a description of nothing does no harm", "zazen", "Zazen"],
    ["a member's name finds what they put up", "nandu", "Café y conversación"],
    ["their neighbourhood does", "rio alto", "Café y conversación"],
  ])("%s", async (_, words, title) => {
    expect(await titles({ words })).toEqual([title]);
  });

  it.each(["bicycles piano", "piano bicycles", "the nor", "nor the"])(
    "each has to be there: %s",
    async (words) => {
      expect(await titles({ words })).toEqual([]);
    },
  );

  it("only the last matches as a prefix", async () => {
    expect(await titles({ words: "fixing bicy" })).toEqual(["Fixing bicycles"]);
    expect(await titles({ words: "bicy fixing" })).toEqual([]);
  });

  it("are stemmed by the language of the listing", async () => {
    // "gardens" has the same stem in English, and the listing is said to be Polish.
    expect(await titles({ words: "gardens" })).toEqual([]);
  });

  it.each(["' | !", "a:* & b", "\\", "'", "½ oʼneil", "🚲", "<>", "%", "()"])(
    "%s is no trap",
    async (words) => {
      await expect(browse({ words })).resolves.toBeDefined();
    },
  );

  it.each([
    ["bycicles", "Fixing bicycles"],
    ["fixnig bicycels", "Fixing bicycles"],
    ["reparasion", "Reparación de bicicletas"],
    ["klavirstunden", "Klavierstunden für Anfänger"],
    ["gardn", "Help with the garden"],
  ])("%s is forgiven", async (words, title) => {
    expect((await nearest(words))[0]).toBe(title);
  });

  it("show no similar listings for unrelated words", async () => {
    expect(await nearest("astrophysics")).toEqual([]);
  });

  it("find a member's new name at once, and the old one no longer", async () => {
    await as("ben").member.updateProfile(profile("Bernardo", { neighbourhood: "Lagoa" }));
    expect(await titles({ words: "nandu" })).toEqual([]);
    expect(await titles({ words: "bernardo lagoa" })).toEqual(["Café y conversación"]);
  });

  it("find an edited listing by its new text", async () => {
    const id = await post("chiara", { title: "Knitting" });
    const { title: _, ...rest } = {
      community: fixture.slug,
      id,
      kind: "offer" as const,
      title: "",
      description: "",
      category: "arts" as const,
      minutes: 60,
      places: ["mine" as const],
      availability: "",
    };
    await as("chiara").listing.update({ ...rest, title: "Ricamo", language: "it" });
    expect(await titles({ words: "knitting" })).toEqual([]);
    expect(await titles({ words: "ricami" })).toEqual(["Ricamo"]);
    await as("chiara").listing.close({ community: fixture.slug, id });
  });

  it("change with the member of a listing", async () => {
    const id = await post("chiara", { title: "Chessboard" });
    await owner().query("UPDATE listing SET member_id = $1 WHERE id = $2", [
      fixture.members.ben.id,
      id,
    ]);
    expect(await titles({ words: "chessboard bernardo" })).toEqual(["Chessboard"]);
    await as("ben").listing.close({ community: fixture.slug, id });
  });
});

describe("the words of a listing's member", () => {
  const inDatabase = (sql: string, ...values: unknown[]) => state(owner().query(sql, values));

  it("are required by the database", async () => {
    const { id } = fixture.members.ben;
    expect(
      await inDatabase("UPDATE listing SET member_words = NULL WHERE member_id = $1", id),
    ).toBe("23502");
  });

  it("follow a neighbourhood that is changed alone, and a name", async () => {
    const { ben } = fixture.members;
    const wordsOfBen = async () =>
      (
        await owner().query<{ words: string }>(
          "SELECT DISTINCT member_words AS words FROM listing WHERE member_id = $1",
          [ben.id],
        )
      ).rows.map(({ words }) => words);
    const change = (set: string) =>
      owner().query(`UPDATE member SET ${set} WHERE id = $1`, [ben.id]);
    await change("neighbourhood = 'Alfama'");
    expect(await wordsOfBen()).toEqual(["Bernardo Alfama"]);
    await change("display_name = 'Benno'");
    expect(await wordsOfBen()).toEqual(["Benno Alfama"]);
    await change("display_name = 'Bernardo', neighbourhood = 'Lagoa'");
  });

  it("belong to a member of the same community", async () => {
    const elsewhere = await makeCommunity(["ana"]);
    const { ben } = fixture.members;
    await owner().query(`INSERT INTO account (community_id, id, kind) SELECT $1, $2, 'member'`, [
      elsewhere.id,
      ben.id,
    ]);
    await owner().query(
      `INSERT INTO member (community_id, id, number, role, status, display_name, about, languages,
         neighbourhood, contact, joined_at)
       VALUES ($1, $2, 99, 'member', 'active', 'Twin', '', '{}', 'Elsewhere', '', now())`,
      [elsewhere.id, ben.id],
    );
    await owner().query(
      `INSERT INTO listing (community_id, id, member_id, kind, status, title, description, category,
         minutes, places, availability, created_at, updated_at, expires_at, language)
       VALUES ($1, $2, $3, 'offer', 'open', 'Twin', '', 'other', 60, '{}', '', now(), now(),
         now() + '1 day'::interval, 'en')`,
      [elsewhere.id, v7(), ben.id],
    );
    await procedures(elsewhere.members.ana.userId).listing.create({
      community: elsewhere.slug,
      id: v7(),
      kind: "offer",
      title: "Another",
      places: ["mine"],
      description: "",
      category: "other",
      minutes: 60,
      availability: "",
    });
    const wordsOf = async (community: string) =>
      (
        await owner().query<{ words: string }>(
          `SELECT DISTINCT member_words AS words FROM listing
           WHERE community_id = $1 AND member_id = $2`,
          [community, ben.id],
        )
      ).rows.map(({ words }) => words);
    expect(await wordsOf(elsewhere.id)).toEqual(["Twin Elsewhere"]);
    await owner().query(
      "UPDATE member SET display_name = 'Zwilling' WHERE community_id = $1 AND id = $2",
      [elsewhere.id, ben.id],
    );
    expect(await wordsOf(elsewhere.id)).toEqual(["Zwilling Elsewhere"]);
    expect(await wordsOf(fixture.id)).toEqual(["Bernardo Lagoa"]);
    const others = await owner().query(
      "SELECT 1 FROM listing WHERE member_words LIKE 'Zwilling%' AND member_id <> $1",
      [ben.id],
    );
    expect(others.rowCount).toBe(0);
  });
});

describe("a search's results", () => {
  it("are of this community only", async () => {
    const elsewhere = await makeCommunity(["ana"]);
    const there = procedures(elsewhere.members.ana.userId);
    await there.listing.create({
      community: elsewhere.slug,
      id: v7(),
      kind: "offer",
      title: "Fixing bicycles there",
      description: "",
      category: "other",
      minutes: 60,
      places: ["mine"],
      availability: "",
    });
    for (const words of ["bicycles there", "bycicles thre", ""]) {
      const { listings, nearest: near } = await browse({ words });
      const found = [...listings, ...near].map(({ title }) => title);
      expect(found).not.toContain("Fixing bicycles there");
    }
    const { facets } = await there.listing.browse({ community: elsewhere.slug });
    expect(facets.total).toBe(1);
  });

  it("are open listings of active members that have not lapsed", async () => {
    const id = await post("chiara", { title: "Zither lessons" });
    const at = { community: fixture.slug, id };
    const count = async () => {
      const { listings, nearest: near, facets } = await browse({ words: "zither" });
      const all = await browse({ words: "zithr" });
      return [listings.length, near.length, facets.total, all.nearest.length];
    };
    const nothing = [0, 0, 0, 0];
    expect(await count()).toEqual([1, 0, 1, 1]);
    await as("chiara").listing.pause(at);
    expect(await count()).toEqual(nothing);
    await as("chiara").listing.close(at);
    expect(await count()).toEqual(nothing);
    await as("chiara").listing.renew(at);
    expect(await count()).toEqual([1, 0, 1, 1]);
    const be = (status: string) =>
      owner().query("UPDATE member SET status = $1 WHERE id = $2", [
        status,
        fixture.members.chiara.id,
      ]);
    for (const status of ["paused", "left", "suspended"]) {
      await be(status);
      expect(await count()).toEqual(nothing);
    }
    await be("active");
    // A column of milliseconds rounds up: "now" would be half a millisecond from now.
    const lapsed = "UPDATE listing SET expires_at = now() - interval '1 second' WHERE id = $1";
    await owner().query(lapsed, [id]);
    expect(await count()).toEqual(nothing);
  });

  it("are sorted by match, then distance, then age", async () => {
    const at = (latitude: number) => ({ point: coarseFromDegrees(latitude, -3.7) });
    await as("ana").member.updateProfile(profile("Ana", at(40.4)));
    await as("ben").member.updateProfile(profile("Ben", at(40.5)));
    await as("chiara").member.updateProfile(profile("Chiara", at(40.401)));
    await post("ben", { title: "Walking a dog" });
    await post("chiara", { title: "Walking a dog near you" });
    await post("chiara", { title: "Walking a dog nearer" });
    await post("ben", { title: "Company", description: "Perhaps walking, or a dog." });
    await post("ben", { title: "Walking a dog, the newest" });
    const words = "walking dog";
    expect(await titles({ words })).toEqual([
      "Walking a dog nearer",
      "Walking a dog near you",
      "Walking a dog, the newest",
      "Walking a dog",
      "Company",
    ]);
    expect(await titles({ words, order: "new" })).toEqual([
      "Walking a dog, the newest",
      "Company",
      "Walking a dog nearer",
      "Walking a dog near you",
      "Walking a dog",
    ]);
    expect((await titles({ words, order: "near" })).slice(0, 2)).toEqual([
      "Walking a dog nearer",
      "Walking a dog near you",
    ]);
    expect((await titles({ words, within: 3 })).sort()).toEqual([
      "Walking a dog near you",
      "Walking a dog nearer",
    ]);
    expect((await browse({ words, within: 10 })).facets.total).toBe(2);
  });

  it("show the distance, never the location", async () => {
    const { listings } = await browse({ words: "walking dog" });
    expect([...new Set(listings.map(({ metres }) => metres))]).toEqual([300, 11_000]);
    expect(JSON.stringify(listings)).not.toMatch(/latitude|longitude/);
    const mine = await browse({ words: "walking" }, "ben");
    expect(mine.listings.find(({ title }) => title === "Company")?.metres).toBeNull();
  });
});

describe("filters", () => {
  beforeAll(async () => {
    await as("ana").member.updateProfile(
      profile("Ana", { languages: ["English", "Español"], point: coarseFromDegrees(40.4, -3.7) }),
    );
    await as("ben").member.updateProfile(profile("Ben", { languages: ["ESPANOL", "español"] }));
    await as("ben").availability.saveWeek({
      community: fixture.slug,
      travelMinutes: 0,
      week: [2, 2, 5].map((weekday, index) => ({
        weekday,
        starts: 540 + index * 180,
        ends: 600 + index * 180,
      })),
    });
    await post("ben", { title: "Soup", kind: "request", category: "cooking", places: ["yours"] });
    await post("ana", { title: "Bread", category: "cooking", places: ["mine", "online"] });
  });

  it.each(["", "walking", "soup", "nothing at all"])(
    "each count is what one finds by choosing it, looking for “%s”",
    async (words) => {
      const base: Query[] = [{ words }, { words, kind: "offer" }, { words, spoken: "espanol" }];
      for (const query of [...base, { words, places: ["mine"], category: "cooking" } as Query]) {
        const { facets } = await browse(query);
        const total = async (more: Query) => (await browse({ ...query, ...more })).facets.total;
        for (const { value, count } of facets.kind)
          expect(await total({ kind: value })).toBe(count);
        for (const { value, count } of facets.category)
          expect(await total({ category: value })).toBe(count);
        for (const { value, count } of facets.places)
          expect(await total({ places: [value] })).toBe(count);
        for (const { value, count } of facets.spoken)
          expect(await total({ spoken: value })).toBe(count);
        for (const { value, count } of facets.within)
          expect(await total({ within: value })).toBe(count);
        for (const { value, count } of facets.availableOn)
          expect(await total({ availableOn: value })).toBe(count);
      }
    },
  );

  it("count the results", async () => {
    const { listings, facets } = await browse({ category: "cooking" });
    expect(facets.total).toBe(listings.length);
    expect(facets.kind).toEqual([
      { value: "offer", count: 1 },
      { value: "request", count: 1 },
    ]);
  });

  it("find members who are available on a weekday", async () => {
    const { listings, facets } = await browse({ category: "cooking", availableOn: 2 });
    expect(listings.map(({ title }) => title)).toEqual(["Soup"]);
    expect(facets.availableOn).toEqual([
      { value: 2, count: 1 },
      { value: 5, count: 1 },
    ]);
    expect(await titles({ category: "cooking", availableOn: 3 })).toEqual([]);
  });

  it("find members available past midnight on the next day too", async () => {
    const { slug, members, coordinator } = await makeCommunity(["noor"] as const);
    const noor = procedures(members.noor.userId);
    const week = [{ weekday: 7, starts: 1320, ends: 1560 }];
    await noor.availability.saveWeek({ community: slug, week, travelMinutes: 0 });
    await noor.listing.create({
      community: slug,
      id: v7(),
      kind: "offer",
      title: "Night company",
      description: "",
      category: "company",
      minutes: 60,
      places: ["mine"],
      availability: "",
    });
    const found = async (availableOn: 1 | 2 | 7) =>
      procedures(coordinator.userId).listing.browse({ community: slug, availableOn });
    for (const day of [7, 1] as const) {
      const { listings, facets } = await found(day);
      expect(listings.map(({ title }) => title)).toEqual(["Night company"]);
      expect(facets.availableOn).toEqual([
        { value: 1, count: 1 },
        { value: 7, count: 1 },
      ]);
    }
    expect((await found(2)).listings).toEqual([]);
  });

  it("label a language as its speakers write it, ignoring accents", async () => {
    const { facets } = await browse({ category: "cooking" });
    expect(facets.spoken).toEqual([
      { value: "espanol", label: expect.stringMatching(/^espa.ol$/i), count: 2 },
      { value: "english", label: "English", count: 1 },
    ]);
    const found = await titles({ spoken: "Español", category: "cooking" });
    expect(found.sort()).toEqual(["Bread", "Soup"]);
  });

  it("match any of several places", async () => {
    const found = await titles({ category: "cooking", places: ["yours", "online"] });
    expect(found.sort()).toEqual(["Bread", "Soup"]);
  });
});

describe("pages", () => {
  it.each(["best", "near", "new"] as const)(
    "by %s show everything once, whatever is put up meanwhile",
    async (order) => {
      const word = `paper${order}`;
      const made = new Set<string>();
      for (let count = 0; count < 55; count += 1) {
        const name = (["ana", "ben", "chiara"] as const)[count % 3] ?? "ana";
        made.add(await post(name, { title: `${count % 2 ? "Folding" : "Paper"} ${word}` }));
      }
      const seen: string[] = [];
      let after: string | undefined;
      for (let page = 0; page < 10; page += 1) {
        const { listings, next } = await browse({ words: word, order, after });
        seen.push(...listings.map(({ id }) => id));
        await post("chiara", { title: `Folding ${word}, in between` });
        if (!next) break;
        after = next;
      }
      expect(new Set(seen).size).toBe(seen.length);
      for (const id of made) expect(seen).toContain(id);
    },
    60_000,
  );

  it("start from the beginning after an invalid cursor", async () => {
    const first = await titles({});
    for (const after of ["abc", "MSAyIDM", Buffer.from("1 2 3 x").toString("base64url")]) {
      expect(await titles({ after })).toEqual(first);
    }
  });
});

describe("new listings on the home page", () => {
  it("are by others, my neighbourhood's first, then the newest", async () => {
    const place = (neighbourhood: string) => ({ neighbourhood });
    await as("ana").member.updateProfile(profile("Ana", place("Río Alto")));
    await as("ben").member.updateProfile(profile("Ben", place("río alto")));
    await as("chiara").member.updateProfile(profile("Chiara", place("")));
    await post("chiara", { title: "Xylophone one" });
    await post("ben", { title: "Xylophone two" });
    await post("chiara", { title: "Xylophone three" });
    await post("ana", { title: "Xylophone of my own" });
    const fresh = async (name: keyof Fixture["members"]) => {
      const home = await as(name).home.get({ community: fixture.slug });
      return home.fresh.map(({ title }) => title).filter((title) => /^Xylophone/.test(title));
    };
    expect((await fresh("ana"))[0]).toBe("Xylophone two");
    expect(await fresh("ana")).not.toContain("Xylophone of my own");
    // An empty neighbourhood equals no other.
    expect((await fresh("chiara")).slice(0, 2)).toEqual(["Xylophone of my own", "Xylophone two"]);
    expect((await as("ana").home.get({ community: fixture.slug })).fresh).toHaveLength(4);
  });
});
