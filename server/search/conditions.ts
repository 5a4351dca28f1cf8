/** What a search asks of a listing `l` and its member `m`, as parts of SQL. */
import { DAY_MINUTES } from "../../domain/availability/availability";
import { distances, EARTH_RADIUS_METRES, type Point } from "../../domain/place/distance";
import type { Search } from "../../domain/search/search";
import { Prisma } from "../platform/db/generated/client";

const { sql } = Prisma;

/** Farther than any place on earth: of those who say nothing of where they live. */
export const UNKNOWN_DISTANCE = 1_000_000_000;

/** A text as columns have it; as a query of its own it is asked once and not for each row. */
export const normalized = (text: string) => sql`(SELECT fold_text(${text}))`;

/** Where a search begins: the community, and who asks. */
export type From = {
  communityId: string;
  point: Point | null;
  now: Date;
  /** Only what was put up later. */
  since?: Date;
};

/**
 * Common table expressions that `listings` needs: the languages in which something is up here
 * (found by jumping from one to the next in the index), each with its query.
 */
export const queriesCte = ({ communityId }: From, words: string) => sql`
  tongue AS (
    (SELECT language FROM listing WHERE community_id = ${communityId}::uuid AND status = 'open'
     ORDER BY language LIMIT 1)
    UNION ALL
    SELECT (SELECT language FROM listing WHERE community_id = ${communityId}::uuid
      AND status = 'open' AND language > tongue.language ORDER BY language LIMIT 1)
    FROM tongue WHERE tongue.language IS NOT NULL
  ),
  asked AS MATERIALIZED (
    SELECT language, search_query(${communityId}::uuid, language, ${words}) AS query FROM tongue
    WHERE language IS NOT NULL
  )`;

/** Open listings of active members in which the words occur; all of them without any words. */
export const matchingListings = (from: From, words: string) => sql`
  ${words ? withMessages(from) : sql`listing l`}
  JOIN member m ON m.community_id = l.community_id AND m.id = l.member_id AND m.status = 'active'
  WHERE l.community_id = ${from.communityId}::uuid AND l.status = 'open'
    AND l.expires_at > ${from.now}::timestamptz
    ${from.since ? sql`AND l.created_at > ${from.since}::timestamptz` : Prisma.empty}`;

/**
 * Looked up in the index of words, language by language. Without OFFSET, PostgreSQL would take the
 * parts in an order of its own, and it cannot guess how few have the words: it would go through
 * everything that the community has up.
 */
const withMessages = ({ communityId, since }: From) => sql`
  asked CROSS JOIN LATERAL (
    SELECT * FROM listing
    WHERE community_id = ${communityId}::uuid AND status = 'open'
      AND search @@ asked.query AND language = asked.language
      ${since ? sql`AND created_at > ${since}::timestamptz` : Prisma.empty}
    OFFSET 0
  ) AS l`;

/** Metres from the asking person's point to the member's, as `metresBetween`; NOWHERE if unknown. */
export function metres({ point }: From): Prisma.Sql {
  if (!point) return sql`${UNKNOWN_DISTANCE}::integer`;
  const { latitude, longitude } = point;
  return sql`coalesce(round(${2 * EARTH_RADIUS_METRES}::float8 * asin(least(1, sqrt(
    sind((m.latitude - ${latitude}::integer) / 20000.0::float8) ^ 2
    + cosd(${latitude / 10_000}::float8) * cosd(m.latitude / 10000.0::float8)
      * sind((m.longitude - ${longitude}::integer) / 20000.0::float8) ^ 2))))::integer, ${UNKNOWN_DISTANCE})`;
}

/** How far is "near", for the order of what fits equally well: 0 within the first distance. */
export const distanceBand = (far: Prisma.Sql) =>
  sql`width_bucket(${far}, ${distances.map((each) => each * 1000 + 1)}::integer[])`;

/**
 * What can be chosen beside the words, each by itself: a facet is counted by all conditions but
 * its own.
 */
export const conditions = (search: Search, from: From) => {
  const { kind, category, places, spoken, within, availableOn } = search;
  const always = sql`true`;
  return {
    kind: kind ? sql`l.kind = ${kind}::listing_kind` : always,
    category: category ? sql`l.category = ${category}` : always,
    places: places.length > 0 ? sql`l.places && ${places}::text[]` : always,
    spoken: spoken ? sql`m.spoken @> ARRAY[${normalized(spoken)}]` : always,
    within: within ? sql`${metres(from)} <= ${within * 1000}` : always,
    availableOn: availableOn
      ? sql`EXISTS (SELECT FROM availability WHERE community_id = l.community_id
          AND member_id = m.id AND (weekday = ${availableOn}::integer
            OR (ends > ${DAY_MINUTES}::integer AND weekday % 7 + 1 = ${availableOn}::integer)))`
      : always,
  };
};

/** All of them. */
export const filters = (search: Search, from: From): Prisma.Sql =>
  Prisma.join(Object.values(conditions(search, from)), " AND ");
