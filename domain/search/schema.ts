import * as z from "zod/mini";
import { cursor, type InputOf, id, line } from "../kernel/input";
import { weekdays } from "../kernel/weekdays";
import { categories, listingKinds, places } from "../listing/listing";
import { distances } from "../place/distance";

/** By relevance of the words, then distance, then age; by distance; by age. */
export const orders = ["best", "near", "new"] as const;
export type Order = (typeof orders)[number];

/** The filters of a search, by the names that they have in URLs. An empty or missing one matches everything. */
export const searchShape = {
  words: z._default(line(0, 80), ""),
  kind: z.optional(z.enum(listingKinds)),
  category: z.optional(z.enum(categories)),
  /** Matches a listing with any of these. */
  places: z._default(z.array(z.enum(places)).check(z.maxLength(places.length)), []),
  /** A language that the member speaks, folded. */
  spoken: z._default(line(0, 40), ""),
  /** A weekday on which the member is usually available. */
  availableOn: z.optional(z.literal(weekdays)),
  /** Kilometres. */
  within: z.optional(z.literal(distances)),
};

export type Search = InputOf<typeof searchShape>;

/** The filters beside the words. Each is a facet: the page counts what it would leave. */
export type FilterName = Exclude<keyof Search, "words">;
export const filterNames = Object.keys(searchShape).filter(
  (name): name is FilterName => name !== "words",
);

/** The search of a page of results: its order, and the cursor where the previous page ended. */
export const pageShape = {
  ...searchShape,
  order: z._default(z.enum(orders), "best"),
  after: z.optional(cursor),
};

/** The query of the browse page's URL. */
export const browseShape = {
  ...pageShape,
  /** The saved search that was opened. */
  saved: z.optional(id),
  /** Whether to show a map beside the list. */
  view: z.optional(z.literal("map")),
};

export type BrowseQuery = InputOf<typeof browseShape>;
