/** The conditions of a search on a listing `l` and its member `m`, as SQL fragments. */
import { DAY_MINUTES } from "../../domain/availability/availability";
import { distances, EARTH_RADIUS_METRES, type Point } from "../../domain/place/distance";
import type { Search } from "../../domain/search/schema";
import { Prisma } from "../platform/db/generated/client";

const { sql } = Prisma;

/** In metres, farther than any place on earth; for members without a location. */
export const UNKNOWN_DISTANCE = 1_000_000_000;

/** A folded text; in a sub-select, so that PostgreSQL evaluates it once, not per row. */
export const normalized = (text: string) => sql`(SELECT fold_text(${text}))`;

/** The scope of a search. */
export type From = {
  communityId: string;
  point: Point | null;
  now: Date;
  /** Only listings created later. */
  since?: Date;
};

/**
 * Common table expressions for `matchingListings` with words: the languages of the community's open
 * listings (found by skipping through the index), each with its query.
 */
export const queriesCte = ({ communityId }: From, words: string) => sql`
  listing_languages AS (
    (SELECT language FROM listing WHERE community_id = ${communityId}::uuid AND status = 'open'
     ORDER BY language LIMIT 1)
    UNION ALL
    SELECT (SELECT language FROM listing WHERE community_id = ${communityId}::uuid
      AND status = 'open' AND language > listing_languages.language ORDER BY language LIMIT 1)
    FROM listing_languages WHERE listing_languages.language IS NOT NULL
  ),
  asked AS MATERIALIZED (
    SELECT language, search_query(${communityId}::uuid, language, ${words}) AS query FROM listing_languages
    WHERE language IS NOT NULL
  )`;

/** Open listings of active members that contain the words; all of them for no words. */
export const matchingListings = (from: From, words: string) => sql`
  ${words ? withMessages(from) : sql`listing l`}
  JOIN member m ON m.community_id = l.community_id AND m.id = l.member_id AND m.status = 'active'
  WHERE l.community_id = ${from.communityId}::uuid AND l.status = 'open'
    AND l.expires_at > ${from.now}::timestamptz
    ${from.since ? sql`AND l.created_at > ${from.since}::timestamptz` : Prisma.empty}`;

/**
 * Uses the full-text index, language by language. OFFSET 0 prevents PostgreSQL from reordering the
 * joins: it cannot estimate how few listings contain the words, and would scan all of the community.
 */
const withMessages = ({ communityId, since }: From) => sql`
  asked CROSS JOIN LATERAL (
    SELECT * FROM listing
    WHERE community_id = ${communityId}::uuid AND status = 'open'
      AND search @@ asked.query AND language = asked.language
      ${since ? sql`AND created_at > ${since}::timestamptz` : Prisma.empty}
    OFFSET 0
  ) AS l`;

/** Metres from the viewer to the member, as `metresBetween`; UNKNOWN_DISTANCE if either has no location. */
export function metres({ point }: From): Prisma.Sql {
  if (!point) return sql`${UNKNOWN_DISTANCE}::integer`;
  const { latitude, longitude } = point;
  return sql`coalesce(round(${2 * EARTH_RADIUS_METRES}::float8 * asin(least(1, sqrt(
    sind((m.latitude - ${latitude}::integer) / 20000.0::float8) ^ 2
    + cosd(${latitude / 10_000}::float8) * cosd(m.latitude / 10000.0::float8)
      * sind((m.longitude - ${longitude}::integer) / 20000.0::float8) ^ 2))))::integer, ${UNKNOWN_DISTANCE})`;
}

/** The distance as a band, to order equally good matches: 0 within the first distance. */
export const distanceBand = (far: Prisma.Sql) =>
  sql`width_bucket(${far}, ${distances.map((each) => each * 1000 + 1)}::integer[])`;

/**
 * The filters beside the words, one each, since a facet is counted with all filters but its own.
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

export const filters = (search: Search, from: From): Prisma.Sql =>
  Prisma.join(Object.values(conditions(search, from)), " AND ");
