/** What somebody may have meant who spelled it otherwise. */

import { isUnspaced } from "../../domain/kernel/words";
import { pointOf } from "../../domain/place/distance";
import { totalEditDistance } from "../../domain/search/edit-distance";
import { bareWords, type Search, wordsOf } from "../../domain/search/search";
import { type Reader, readCards } from "../listing/queries";
import { db } from "../platform/db/client";
import { Prisma } from "../platform/db/generated/client";
import { filters, matchingListings } from "./conditions";

const { sql } = Prisma;

/** Candidates by trigrams, of which the spelling decides. */
const CANDIDATES = 80;
const MAX_SHOWN = 6;
/** So alike that it is worth showing even though the spelling is another (0 to 1). */
const MIN_SIMILARITY = 0.5;

/** Folded words as the column `trigrams` has them; as a query of its own asked once, not for each row. */
export const trigrams = (words: string) => sql`(SELECT trigram_letters(fold_text(${words})))`;

/**
 * Whether the column `trigrams` of a table is alike to any of the words, by its index: the
 * connection's settings say from when on (server/platform/db/client.ts).
 */
export const trigramMatch = (table: Prisma.Sql, words: readonly string[]) =>
  sql`(${Prisma.join(
    words.map((word) => sql`${table}.trigrams OPERATOR(extension.%>) ${trigrams(word)}`),
    " OR ",
  )})`;

/** How alike it is to the words, on average. */
export const similarity = (table: Prisma.Sql, words: readonly string[]) =>
  sql`((${Prisma.join(
    words.map((word) => sql`extension.word_similarity(${trigrams(word)}, ${table}.trigrams)`),
    " + ",
  )}) / ${words.length})::float8`;

/** The words as they are, and without what may be written onto them. */
export const respell = (words: readonly string[]): string[] => [
  ...new Set([...words, ...bareWords(words)]),
];

type Candidate = { id: string; folded: string; similarity: number };

/** Those with the fewest slips; where the spelling fits none, those that look much alike. */
export function rankNearest(words: readonly string[], candidates: readonly Candidate[]): string[] {
  const known = new Map<string, number | null>();
  // What looks like an article may be the beginning of the word: "ألمانية".
  const spellings = [bareWords(words), words];
  const meant = candidates
    .flatMap(({ id, folded }) => {
      const slips = spellings.flatMap((each) => totalEditDistance(each, folded, known) ?? []);
      return slips.length === 0 ? [] : [{ id, slips: Math.min(...slips) }];
    })
    .sort((one, other) => one.slips - other.slips);
  // Letters without spaces are alike wherever they stand, which says little.
  const mayBeAlike = meant.length === 0 && !words.some(isUnspaced);
  const alike = mayBeAlike ? candidates.filter((each) => each.similarity >= MIN_SIMILARITY) : [];
  const nearest = meant.length > 0 ? meant : alike;
  return nearest.map(({ id }) => id).slice(0, MAX_SHOWN);
}

/** Listings that fit all that is chosen, and whose words are nearly those that were looked for. */
export async function readNearest(communityId: string, search: Search, reader: Reader, now: Date) {
  const words = wordsOf(search.words);
  if (words.length === 0) return [];
  const from = { communityId, point: pointOf(reader), now };
  const table = sql`l`;
  const rows = await db.$queryRaw<Candidate[]>`
    SELECT l.id, l.folded, ${similarity(table, bareWords(words))} AS similarity
    FROM ${matchingListings(from, "")} AND ${filters(search, from)} AND ${trigramMatch(table, respell(words))}
    ORDER BY similarity DESC, l.created_at DESC LIMIT ${CANDIDATES}`;
  return readCards(communityId, rankNearest(words, rows), reader, now);
}
