/** Search among listings: its filters and orders. */
import { type Weekday, weekdays } from "../kernel/weekdays";
import { foldedWords } from "../kernel/words";
import {
  type Category,
  categories,
  type ListingKind,
  listingKinds,
  type Place,
  places,
} from "../listing/listing";
import { distances, type Within } from "../place/distance";

/** By relevance of the words, then distance, then age; by distance; by age. */
export const orders = ["best", "near", "new"] as const;
export type Order = (typeof orders)[number];

/** An empty or missing filter matches everything. */
export type Search = {
  words: string;
  kind?: ListingKind | undefined;
  category?: Category | undefined;
  /** Matches a listing with any of these. */
  places: Place[];
  /** A language that the member speaks, folded. */
  spoken: string;
  /** Kilometres. */
  within?: Within | undefined;
  /** A weekday on which the member is usually available. */
  availableOn?: Weekday | undefined;
};

export const emptySearch: Search = { words: "", places: [], spoken: "" };

export const hasFilters = ({
  words,
  kind,
  category,
  places: where,
  spoken,
  within,
  availableOn,
}: Search): boolean =>
  Boolean(words || kind || category || where.length > 0 || spoken || within || availableOn);

/** The filters of a saved search, without values that this version no longer has. */
export const searchOf = (saved: {
  words: string;
  kind: string | null;
  category: string | null;
  places: readonly string[];
  spoken: string;
  within: number | null;
  availableOn: number | null;
}): Search => ({
  words: saved.words,
  kind: listingKinds.find((each) => each === saved.kind),
  category: categories.find((each) => each === saved.category),
  places: places.filter((each) => saved.places.includes(each)),
  spoken: saved.spoken,
  within: distances.find((each) => each === saved.within),
  availableOn: weekdays.find((each) => each === saved.availableOn),
});

/** Saved searches of one member. */
export const MAX_SAVED_SEARCHES = 20;

/** The first six different folded words of a text. */
export const wordsOf = (text: string): string[] => [...new Set(foldedWords(text))].slice(0, 6);

/**
 * Removes the prefixes for "and", "with", "to" and "the" from Arabic and Hebrew words. The search index
 * has the words without them as well (prisma/sql/fold_compounds.sql).
 */
export const bareWords = (words: readonly string[]): string[] =>
  words.map((word) => word.replace(/^(?:[وف]?(?:[بك]?ال|لل)(?=..)|ו?ה(?=...))/u, ""));
