/** Search among listings. */
import { readObject } from "../kernel/fields";
import { toSearchParams } from "../kernel/query";
import { foldedWords } from "../kernel/words";
import { type Search, searchShape } from "./schema";

export const hasFilters = (search: Search): boolean => toSearchParams(searchShape, search).size > 0;

/** The filters of a saved search, without values that this version no longer has. */
export const searchOf = (filters: unknown): Search => readObject(searchShape, Object(filters));

export const emptySearch: Search = searchOf({});

/** A text that is equal for equal searches. */
export const searchKey = (search: Search): string =>
  toSearchParams(searchShape, {
    ...search,
    words: search.words.toLowerCase(),
    places: search.places.toSorted(),
  }).toString();

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
