import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { categories, listingKinds, places } from "@/domain/listing/listing";
import { distances } from "@/domain/place/distance";
import { orders } from "@/domain/search/search";
import { type BrowseQuery, browsePath, browseQuery } from "./browse-query";

/** As Next.js gives the query of an address to a page. */
function searchOf(path: string): Promise<Record<string, string | string[]>> {
  const address = new URL(path, "https://example.org").searchParams;
  const search: Record<string, string | string[]> = {};
  for (const name of new Set(address.keys())) {
    const [first = "", ...more] = address.getAll(name);
    search[name] = more.length > 0 ? [first, ...more] : first;
  }
  return Promise.resolve(search);
}

const maybe = <Value>(values: readonly Value[]) =>
  fc.option(fc.constantFrom(...values), { nil: undefined });
const text = (maxLength: number) =>
  fc
    .string({ unit: "grapheme", maxLength: maxLength / 4 })
    .map((each) => each.trim().slice(0, maxLength).trim());

const query: fc.Arbitrary<BrowseQuery> = fc.record({
  words: text(80),
  kind: maybe(listingKinds),
  category: maybe(categories),
  places: fc.subarray([...places]),
  spoken: text(40),
  within: maybe(distances),
  order: fc.constantFrom(...orders),
  after: fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{1,160}$/), { nil: undefined }),
  saved: fc.option(fc.uuid(), { nil: undefined }),
});

describe("the address of the browse page", () => {
  it("says everything that is asked for", () =>
    fc.assert(
      fc.asyncProperty(query, async (asked) => {
        expect(await browseQuery(searchOf(browsePath("elm-street", asked)))).toEqual(asked);
      }),
    ));

  it("is short when nothing is", () => {
    expect(browsePath("elm-street")).toBe("/elm-street/browse");
    expect(browsePath("elm-street", { words: "", places: [], order: "best" })).toBe(
      "/elm-street/browse",
    );
  });

  it("may be nonsense", async () => {
    const nonsense = {
      words: ["a", "b"],
      kind: "gift",
      category: "",
      place: "moon",
      within: "2",
      order: "worst",
      after: "?",
      saved: "1",
    };
    expect(await browseQuery(Promise.resolve(nonsense))).toEqual({
      words: "",
      kind: undefined,
      category: undefined,
      places: [],
      spoken: "",
      within: undefined,
      order: "best",
      after: undefined,
      saved: undefined,
    });
  });
});
