import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { categories, listingKinds, places } from "../listing/listing";
import { distances } from "../place/distance";
import { type BrowseQuery, browseShape, orders } from "../search/schema";
import { line, type Shape } from "./input";
import { parseSearchParams, type SearchParams, toSearchParams, withQuery } from "./query";
import { weekdays } from "./weekdays";

/** As Next gives the query of a URL to a page. */
function asNext(query: URLSearchParams): SearchParams {
  const params: SearchParams = {};
  for (const name of new Set(query.keys())) {
    const [first = "", ...more] = query.getAll(name);
    params[name] = more.length > 0 ? [first, ...more] : first;
  }
  return params;
}

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const oneOf = <Value>(values: readonly Value[]) => maybe(fc.constantFrom(...values));
/** A text as its schema leaves it. */
const text = (max: number) =>
  fc
    .string({ unit: "grapheme" })
    .map((raw) => z.safeParse(line(0, max), raw).data)
    .filter((each) => each !== undefined);

const browseQuery: fc.Arbitrary<BrowseQuery> = fc.record({
  words: text(80),
  kind: oneOf(listingKinds),
  category: oneOf(categories),
  places: fc.shuffledSubarray([...places]),
  spoken: text(40),
  within: oneOf(distances),
  availableOn: oneOf(weekdays),
  order: fc.constantFrom(...orders),
  after: maybe(fc.stringMatching(/^[A-Za-z0-9_-]{1,160}$/)),
  saved: maybe(fc.uuid()),
  view: oneOf(["map"] as const),
});

/** A field of each kind that a URL can hold. */
const anyShape = {
  text: z._default(line(0, 60), ""),
  typed: z.optional(z.string()),
  whole: z.optional(z.int()),
  step: z._default(z.int(), 1),
  isAll: z.optional(z.boolean()),
  isOpen: z._default(z.boolean(), true),
  days: z._default(z.array(z.literal(weekdays)), [1]),
} satisfies Shape;
const anyValues = fc.record({
  text: text(60),
  typed: maybe(fc.string({ unit: "binary" }).filter((each) => each.isWellFormed())),
  whole: maybe(fc.maxSafeInteger()),
  step: fc.maxSafeInteger(),
  isAll: maybe(fc.boolean()),
  isOpen: fc.boolean(),
  // An empty list and a list left out look the same in a URL.
  days: fc.shuffledSubarray([...weekdays], { minLength: 1 }),
});

const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("__proto__", "constructor", "NaN", "1e400", "-0", "0x10", "\0", "%", " 1 ", ""),
  fc.string({ minLength: 500, maxLength: 5000 }),
);
const names = fc.constantFrom(...Object.keys(browseShape), "__proto__", "toString", "x");

describe("the query of a URL", () => {
  it("reads what was written: a search", () =>
    fc.assert(
      fc.property(browseQuery, (values) => {
        const query = toSearchParams(browseShape, values);
        const sent = new URL(withQuery("https://example.org/elm/browse", query)).searchParams;
        expect(parseSearchParams(browseShape, sent)).toEqual(values);
        expect(parseSearchParams(browseShape, asNext(sent))).toEqual(values);
      }),
    ));

  it("reads what was written: each kind of field", () =>
    fc.assert(
      fc.property(anyValues, (values) => {
        expect(parseSearchParams(anyShape, toSearchParams(anyShape, values))).toEqual(values);
      }),
    ));

  it("reads hostile values as their defaults, and never throws", () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.oneof(hostile, fc.array(hostile)))), (entries) => {
        // An own property called __proto__ as well.
        const params: SearchParams = Object.fromEntries(entries);
        const values = parseSearchParams(browseShape, params);
        expect(Object.keys(values)).toEqual(Object.keys(browseShape));
        // Whatever was accepted can be written and read again.
        expect(parseSearchParams(browseShape, toSearchParams(browseShape, values))).toEqual(values);
      }),
    ));

  it("falls back field by field", () => {
    const given = { kind: "gift", places: ["moon", "mine", "mine"], within: "2", words: "bread" };
    expect(
      parseSearchParams(browseShape, { ...given, order: ["new", "near"], after: "?" }),
    ).toEqual({ words: "bread", places: ["mine"], spoken: "", order: "best" });
  });

  it("takes no inherited property for a parameter", () => {
    expect(parseSearchParams({ toString: z.optional(z.string()) }, {}).toString).toBeUndefined();
  });

  it("leaves out the defaults", () => {
    const defaults = { words: "", places: [], spoken: "", order: "best" as const };
    expect(withQuery("/elm/browse", toSearchParams(browseShape, defaults))).toBe("/elm/browse");
    expect(toSearchParams(browseShape, {}).size).toBe(0);
  });
});
