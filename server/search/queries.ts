/** Search for listings by words, filters and distance, with pagination. */

import {
  LISTINGS_IN_A_ROW,
  MAX_OPEN_LISTINGS,
  MAX_RECENT_BY_ONE,
} from "../../domain/kernel/limits";
import { pointOf } from "../../domain/place/distance";
import type { Order, Search } from "../../domain/search/schema";
import { emptySearch } from "../../domain/search/search";
import { type Reader, readCards } from "../listing/queries";
import { db } from "../platform/db/client";
import { Prisma } from "../platform/db/generated/client";
import {
  distanceBand,
  type From,
  filters,
  matchingListings,
  metres,
  normalized,
  queriesCte,
} from "./conditions";

const { sql } = Prisma;

export const PAGE = 24;

export type PageQuery = Search & {
  order: Order;
  /** The `next` of the previous page. */
  after?: string | undefined;
};

/** The sort keys, most significant first; the next page begins after these. */
type Keys = { match: number; far: number; createdAt: Date; id: string };

/**
 * A page of matching open listings of active members. Pages continue after the keys of the last
 * listing shown, so that new listings shift nothing.
 */
export async function searchListings(
  communityId: string,
  query: Partial<PageQuery>,
  reader: Reader,
  now: Date,
) {
  const search = { ...emptySearch, ...query };
  const from = { communityId, point: pointOf(reader), now };
  const { match, far } = keysOf(search, query.order ?? "best", from);
  const after = query.after ? decode(query.after) : null;
  const rows = await db.$queryRaw<Keys[]>`
    WITH RECURSIVE ${search.words ? queriesCte(from, search.words) : sql`nothing AS (SELECT 1)`}
    SELECT * FROM (
      SELECT ${match} AS match, ${far} AS far, l.created_at AS "createdAt", l.id
      FROM ${matchingListings(from, search.words)} AND ${filters(search, from)}
    ) AS found
    ${after ? beyond(after) : Prisma.empty}
    ORDER BY match DESC, far, "createdAt" DESC, id DESC LIMIT ${PAGE + 1}`;
  const shown = rows.slice(0, PAGE);
  const last = shown.at(-1);
  return {
    listings: await readCards(
      communityId,
      shown.map(({ id }) => id),
      reader,
      now,
    ),
    next: rows.length > PAGE && last ? encode(last) : null,
  };
}

/** The newest listings considered for the home page: more than a few busy members have open. */
const MAX_NEWEST = 10 * MAX_OPEN_LISTINGS;

/**
 * The newest listings of others, few of each member; those of the reader's neighbourhood first.
 * @param count the largest number of listings
 */
export async function readFreshListings(
  communityId: string,
  reader: Reader & { neighbourhood: string },
  now: Date,
  count: number,
) {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT id, created_at, place FROM (
        SELECT id, created_at, place,
          row_number() OVER (PARTITION BY member_id ORDER BY created_at DESC, id DESC) AS of_one
        FROM (
          SELECT l.id, l.member_id, l.created_at, fold_text(m.neighbourhood) AS place
          FROM ${matchingListings({ communityId, point: null, now }, "")}
            AND l.member_id <> ${reader.id}::uuid
          ORDER BY l.created_at DESC, l.id DESC LIMIT ${MAX_NEWEST}
        ) AS newest
      ) AS counted
      WHERE of_one <= ${MAX_RECENT_BY_ONE}
      ORDER BY created_at DESC, id DESC LIMIT ${PAGE}
    ) AS spread
    ORDER BY place <> '' AND place = ${normalized(reader.neighbourhood)} DESC, created_at DESC, id DESC
    LIMIT ${count}`;
  return readCards(
    communityId,
    rows.map(({ id }) => id),
    reader,
    now,
  );
}

/**
 * Sorts a member's listings of one day beyond the first few after other members' listings. Counted
 * from the earliest, so that new listings move nothing to another page.
 */
const turn = sql`((row_number() OVER (
  PARTITION BY l.member_id, date_trunc('day', l.created_at) ORDER BY l.created_at, l.id
) - 1) / ${LISTINGS_IN_A_ROW}::integer)::integer`;

/** Rounds PostgreSQL's rank to tenths, so that among similar matches the near ones come first. */
function keysOf({ words }: Search, order: Order, from: From) {
  const nothing = sql`0`;
  if (order === "near") return { match: nothing, far: metres(from) };
  if (order === "new" || !words) return { match: nothing, far: turn };
  return {
    match: sql`round(ts_rank(l.search, asked.query) * 10)::integer`,
    far: distanceBand(metres(from)),
  };
}

const beyond = ({ match, far, createdAt, id }: Keys) => sql`
  WHERE (-match, far) > (${-match}::integer, ${far}::integer)
    OR (match = ${match}::integer AND far = ${far}::integer
      AND ("createdAt", id) < (${createdAt}::timestamptz, ${id}::uuid))`;

const encode = ({ match, far, createdAt, id }: Keys): string =>
  Buffer.from([match, far, createdAt.getTime(), id].join(" ")).toString("base64url");

const CURSOR = /^(\d{1,9}) (\d{1,10}) (\d{1,14}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Null for an invalid cursor: the list then starts from the beginning. */
function decode(cursor: string): Keys | null {
  const [, match, far, time, id] = CURSOR.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (id === undefined || Number(far) > 2_147_483_647) return null;
  return { match: Number(match), far: Number(far), createdAt: new Date(Number(time)), id };
}

/** The number of matching listings that others created since then, up to 100. */
export async function countNewListings(
  communityId: string,
  { search, since }: { search: Search; since: Date },
  reader: Reader,
  now: Date,
): Promise<number> {
  const from = { communityId, point: pointOf(reader), now, since };
  const rows = await db.$queryRaw<{ count: number }[]>`
    WITH RECURSIVE ${search.words ? queriesCte(from, search.words) : sql`nothing AS (SELECT 1)`}
    SELECT count(*)::integer AS count FROM (
      SELECT 1 FROM ${matchingListings(from, search.words)} AND ${filters(search, from)}
        AND l.member_id <> ${reader.id}::uuid
      LIMIT 100
    ) AS found`;
  return rows[0]?.count ?? 0;
}
