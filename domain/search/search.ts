/** What one can look for among listings, and in which order. */
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

/** By how well the words fit, then near, then new; by distance; by age. */
export const orders = ["best", "near", "new"] as const;
export type Order = (typeof orders)[number];

/** What is looked for. An empty list or text, or nothing, asks for everything. */
export type Search = {
  words: string;
  kind?: ListingKind | undefined;
  category?: Category | undefined;
  /** Any of these. */
  places: Place[];
  /** A language as members speak it, folded. */
  spoken: string;
  /** Kilometres. */
  within?: Within | undefined;
  /** A day of the week on which the member usually can. */
  availableOn?: Weekday | undefined;
};

export const emptySearch: Search = { words: "", places: [], spoken: "" };

/** Whether anything is asked for at all. */
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

/** A search that was kept; what a later version does not know any more asks for nothing. */
export const searchOf = (kept: {
  words: string;
  kind: string | null;
  category: string | null;
  places: readonly string[];
  spoken: string;
  within: number | null;
  availableOn: number | null;
}): Search => ({
  words: kept.words,
  kind: listingKinds.find((each) => each === kept.kind),
  category: categories.find((each) => each === kept.category),
  places: places.filter((each) => kept.places.includes(each)),
  spoken: kept.spoken,
  within: distances.find((each) => each === kept.within),
  availableOn: weekdays.find((each) => each === kept.availableOn),
});

/** Searches that a member can keep. */
export const MAX_SAVED_SEARCHES = 20;

/** The folded words of a text, each once; the first six. */
export const wordsOf = (text: string): string[] => [...new Set(foldedWords(text))].slice(0, 6);

/**
 * The words without "and", "with", "to" and "the" as Arabic and Hebrew write them onto a word: what is
 * looked for has its words without them as well (prisma/sql/fold_compounds.sql).
 */
export const bareWords = (words: readonly string[]): string[] =>
  words.map((word) => word.replace(/^(?:[وف]?(?:[بك]?ال|لل)(?=..)|ו?ה(?=...))/u, ""));
