/** Near matches: listings and members with a similar spelling. */

import { isUnspaced } from "../../domain/kernel/words";
import { pointOf } from "../../domain/place/distance";
import { totalEditDistance } from "../../domain/search/edit-distance";
import type { Search } from "../../domain/search/schema";
import { bareWords, wordsOf } from "../../domain/search/search";
import { type Reader, readCards } from "../listing/queries";
import { db } from "../platform/db/client";
import { Prisma } from "../platform/db/generated/client";
import { filters, matchingListings } from "./conditions";

const { sql } = Prisma;

/** Candidates by trigrams, which are then ranked by edit distance. */
const MAX_CANDIDATES = 80;
const MAX_SHOWN = 6;
/** The trigram similarity (0 to 1) that counts as near without a close spelling. */
const MIN_SIMILARITY = 0.5;

/** Words as in the column `trigrams`; in a sub-select, so that PostgreSQL evaluates it once, not per row. */
export const trigrams = (words: string) => sql`(SELECT trigram_letters(fold_text(${words})))`;

/**
 * Whether a table's column `trigrams` is similar to any of the words, by its index. The threshold is
 * a setting of the connection (server/platform/db/client.ts).
 */
export const trigramMatch = (table: Prisma.Sql, words: readonly string[]) =>
  sql`(${Prisma.join(
    words.map((word) => sql`${table}.trigrams OPERATOR(extension.%>) ${trigrams(word)}`),
    " OR ",
  )})`;

/** The average similarity (0 to 1) of the column to the words. */
export const similarity = (table: Prisma.Sql, words: readonly string[]) =>
  sql`((${Prisma.join(
    words.map((word) => sql`extension.word_similarity(${trigrams(word)}, ${table}.trigrams)`),
    " + ",
  )}) / ${words.length})::float8`;

/** The words as written, and without prefixes such as an article. */
export const respell = (words: readonly string[]): string[] => [
  ...new Set([...words, ...bareWords(words)]),
];

type Candidate = { id: string; folded: string; similarity: number };

/** The ids with the smallest edit distance; if none is close enough, those with similar trigrams. */
export function rankNearest(words: readonly string[], candidates: readonly Candidate[]): string[] {
  const known = new Map<string, number | null>();
  // What looks like an article may be the beginning of the word: "ألمانية".
  const spellings = [bareWords(words), words];
  const close = candidates
    .flatMap(({ id, folded }) => {
      const distances = spellings.flatMap((each) => totalEditDistance(each, folded, known) ?? []);
      return distances.length === 0 ? [] : [{ id, distance: Math.min(...distances) }];
    })
    .sort((one, other) => one.distance - other.distance);
  // In scripts without spaces, trigram similarity means little.
  const usesSimilarity = close.length === 0 && !words.some(isUnspaced);
  const similar = usesSimilarity
    ? candidates.filter((each) => each.similarity >= MIN_SIMILARITY)
    : [];
  const nearest = close.length > 0 ? close : similar;
  return nearest.map(({ id }) => id).slice(0, MAX_SHOWN);
}

/** Listings that match the filters and have a spelling similar to the words. */
export async function readNearest(communityId: string, search: Search, reader: Reader, now: Date) {
  const words = wordsOf(search.words);
  if (words.length === 0) return [];
  const from = { communityId, point: pointOf(reader), now };
  const table = sql`l`;
  const rows = await db.$queryRaw<Candidate[]>`
    SELECT l.id, l.folded, ${similarity(table, bareWords(words))} AS similarity
    FROM ${matchingListings(from, "")} AND ${filters(search, from)} AND ${trigramMatch(table, respell(words))}
    ORDER BY similarity DESC, l.created_at DESC LIMIT ${MAX_CANDIDATES}`;
  return readCards(communityId, rankNearest(words, rows), reader, now);
}
