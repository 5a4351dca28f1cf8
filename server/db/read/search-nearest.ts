/** What somebody may have meant who spelled it otherwise. */
import { pointOf } from "../../domain/distance";
import { type Search, wordsOf } from "../../domain/search";
import { slipsOf } from "../../domain/spelling";
import { db } from "../client";
import { Prisma } from "../generated/client";
import { type Reader, readCards } from "./listings";
import { chosen, folded, listings } from "./search-conditions";

const { sql } = Prisma;

/** Candidates by trigrams, of which the spelling decides. */
const CANDIDATES = 80;
const SHOWN = 6;
/** So alike that it is worth showing even though the spelling is another (0 to 1). */
const ALIKE = 0.5;

/**
 * Whether a column is alike to any of the words, by its trigram index: the connection's settings
 * say from when on (server/db/client.ts).
 */
export const alikeToAny = (column: Prisma.Sql, words: readonly string[]) =>
  sql`(${Prisma.join(
    words.map((word) => sql`${column} OPERATOR(extension.%>) ${folded(word)}`),
    " OR ",
  )})`;

/** How alike it is to the words, on average. */
export const likeness = (column: Prisma.Sql, words: readonly string[]) =>
  sql`((${Prisma.join(
    words.map((word) => sql`extension.word_similarity(${folded(word)}, ${column})`),
    " + ",
  )}) / ${words.length})::float8`;

type Candidate = { id: string; folded: string; likeness: number };

/** Those with the fewest slips; where the spelling fits none, those that look much alike. */
export function nearestOf(words: readonly string[], candidates: readonly Candidate[]): string[] {
  const known = new Map<string, number | null>();
  const meant = candidates
    .flatMap(({ id, folded }) => {
      const slips = slipsOf(words, folded, known);
      return slips === null ? [] : [{ id, slips }];
    })
    .sort((one, other) => one.slips - other.slips);
  const nearest = meant.length > 0 ? meant : candidates.filter((each) => each.likeness >= ALIKE);
  return nearest.map(({ id }) => id).slice(0, SHOWN);
}

/** Listings that fit all that is chosen, and whose words are nearly those that were looked for. */
export async function readNearest(communityId: string, search: Search, reader: Reader, now: Date) {
  const words = wordsOf(search.words);
  if (words.length === 0) return [];
  const from = { communityId, point: pointOf(reader), now };
  const column = sql`l.folded`;
  const rows = await db.$queryRaw<(Candidate & { asked: string[] })[]>`
    SELECT l.id, l.folded, ${likeness(column, words)} AS likeness, (SELECT fold_all(${words})) AS asked
    FROM ${listings(from, "")} AND ${chosen(search, from)} AND ${alikeToAny(column, words)}
    ORDER BY likeness DESC, l.created_at DESC LIMIT ${CANDIDATES}`;
  return readCards(communityId, nearestOf(rows[0]?.asked ?? words, rows), reader, now);
}
