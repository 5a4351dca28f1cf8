/** Saved searches, and their new listings. */
import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import type { DomainErrorCode } from "../../domain/kernel/errors";
import { MAX_SAVED_SEARCHES } from "../../domain/search/search";
import { makeCommunity, procedures } from "../testing/people";

type Fixture = Awaited<ReturnType<typeof makeCommunity<"ana" | "ben">>>;
let fixture: Fixture;
const HOUR = 3_600_000;
const start = Date.now();
const at = (hours: number) => new Date(start + hours * HOUR);
const as = (name: keyof Fixture["members"], hours = 0) =>
  procedures(fixture.members[name].userId, at(hours));

const refusal = async (asked: Promise<unknown>): Promise<DomainErrorCode | "done" | string> =>
  asked.then(
    () => "done",
    (error: { cause?: { code?: string }; message: string }) => error.cause?.code ?? error.message,
  );

const post = (name: keyof Fixture["members"], title: string, hours: number) =>
  as(name, hours).listing.create({
    community: fixture.slug,
    id: v7(),
    kind: "offer",
    title,
    description: "",
    category: "lessons",
    minutes: 60,
    places: ["mine"],
    availability: "",
  });
const save = (words: string, hours = 0, more: object = {}) =>
  as("ana", hours).search.save({ community: fixture.slug, id: v7(), words, ...more });
const saved = (hours: number) => as("ana", hours).search.saved({ community: fixture.slug });
const fresh = async (hours: number) =>
  Object.fromEntries((await saved(hours)).map(({ search, fresh: count }) => [search.words, count]));

beforeAll(async () => {
  fixture = await makeCommunity(["ana", "ben"]);
});

describe("a saved search", () => {
  it("counts listings that others create later", async () => {
    await post("ben", "Piano lessons", -2);
    const { id } = await save("piano", -1);
    expect(await fresh(0)).toEqual({ piano: 0 });
    await post("ben", "Piano tuning", 1);
    await post("ana", "Piano carrying", 1);
    await post("ben", "Guitar", 1);
    expect(await fresh(2)).toEqual({ piano: 1 });
    const home = await as("ana", 2).home.get({ community: fixture.slug });
    expect(home.searches).toMatchObject([{ id, fresh: 1 }]);
    await as("ana", 3).search.seen({ community: fixture.slug, id });
    expect(await fresh(4)).toEqual({ piano: 0 });
    expect((await as("ana", 4).home.get({ community: fixture.slug })).searches).toEqual([]);
    await as("ana").search.deleteSaved({ community: fixture.slug, id });
    expect(await saved(4)).toEqual([]);
  });

  it("stores all filters", async () => {
    const more = { kind: "offer", category: "lessons", places: ["mine"], spoken: "x", within: 3 };
    const { id } = await save("all", 0, more);
    expect((await saved(0))[0]?.search).toEqual({ words: "all", ...more });
    await as("ana").search.deleteSaved({ community: fixture.slug, id });
  });

  it("is stored once, however often it is saved", async () => {
    const one = await save("same", 0, { places: ["mine", "online"] });
    const other = await save("Same", 0, { places: ["online", "mine"] });
    expect(other).toEqual(one);
    expect(await saved(0)).toHaveLength(1);
    await as("ana").search.deleteSaved({ community: fixture.slug, id: one.id });
  });

  it("cannot reuse another search's id", async () => {
    const { id } = await save("mine");
    const taken = as("ben").search.save({ community: fixture.slug, id, words: "theirs" });
    expect(await refusal(taken)).toBe("idTaken");
    await as("ana").search.deleteSaved({ community: fixture.slug, id });
  });

  it("belongs to its member only", async () => {
    const { id } = await save("mine");
    const input = { community: fixture.slug, id };
    expect(await refusal(as("ben").search.seen(input))).toBe("notFound");
    expect(await refusal(as("ben").search.deleteSaved(input))).toBe("notFound");
    expect(await as("ben").search.saved({ community: fixture.slug })).toEqual([]);
    await as("ana").search.deleteSaved(input);
    expect(await refusal(as("ana").search.deleteSaved(input))).toBe("notFound");
  });

  it("is limited to twenty per member, even for concurrent requests", async () => {
    const attempts = Array.from({ length: MAX_SAVED_SEARCHES + 4 }, (_, n) =>
      refusal(save(`n${n}`)),
    );
    const answers = await Promise.all(attempts);
    expect(answers.filter((answer) => answer === "done")).toHaveLength(MAX_SAVED_SEARCHES);
    expect(answers.filter((answer) => answer === "tooManySearches")).toHaveLength(4);
    expect(await saved(0)).toHaveLength(MAX_SAVED_SEARCHES);
  });
});
