/** The conditions of a search on a listing `l` and its member `m`, as SQL fragments. */
import { DAY_MINUTES } from "../../domain/availability/availability";
import { weekdays } from "../../domain/kernel/weekdays";
import { categories, listingKinds, places } from "../../domain/listing/listing";
import { distances, EARTH_RADIUS_METRES, type Point } from "../../domain/place/distance";
import { type FilterName, filterNames, type Search } from "../../domain/search/schema";
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
  ${words ? listingsWithWords(from) : sql`listing l`}
  JOIN member m ON m.community_id = l.community_id AND m.id = l.member_id AND m.status = 'active'
  WHERE l.community_id = ${from.communityId}::uuid AND l.status = 'open'
    AND l.expires_at > ${from.now}::timestamptz
    ${from.since ? sql`AND l.created_at > ${from.since}::timestamptz` : Prisma.empty}`;

/**
 * Uses the full-text index, language by language. OFFSET 0 prevents PostgreSQL from reordering the
 * joins: it cannot estimate how few listings contain the words, and would scan all of the community.
 */
const listingsWithWords = ({ communityId, since }: From) => sql`
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

/** What a filter's field holds: a value, or an item of its list. */
export type ValueOf<Name extends FilterName> =
  NonNullable<Search[Name]> extends readonly (infer Item)[] ? Item : NonNullable<Search[Name]>;

type Filter<Name extends FilterName> = {
  /** The listings that match. */
  matches: (chosen: NonNullable<Search[Name]>, from: From) => Prisma.Sql;
  /** The columns of a listing that `values` reads. */
  columns: (from: From) => Prisma.Sql;
  /**
   * A listing's values, once each: `one (value, label)` from the table `found`. The label is for values
   * without messages of their own.
   */
  values: Prisma.Sql;
  /** The values in their order; without them the most frequent comes first. */
  options?: readonly ValueOf<Name>[];
};

/** The filters beside the words. The compiler asks for an entry for each field of `searchShape`. */
export const filterTable: { [Name in FilterName]: Filter<Name> } = {
  kind: {
    matches: (kind) => sql`l.kind = ${kind}::listing_kind`,
    columns: () => sql`l.kind`,
    values: sql`(SELECT kind::text, '') AS one (value, label)`,
    options: listingKinds,
  },
  category: {
    matches: (category) => sql`l.category = ${category}`,
    columns: () => sql`l.category`,
    values: sql`(SELECT category, '') AS one (value, label)`,
    options: categories,
  },
  places: {
    matches: (chosen) => sql`l.places && ${chosen}::text[]`,
    columns: () => sql`l.places`,
    values: sql`(SELECT DISTINCT place, '' FROM unnest(places) AS place) AS one (value, label)`,
    options: places,
  },
  spoken: {
    matches: (spoken) => sql`m.spoken @> ARRAY[${normalized(spoken)}]`,
    columns: () => sql`m.spoken, m.languages`,
    values: sql`(SELECT value, min(label COLLATE "und-x-icu") FROM unnest(spoken, languages) AS s (value, label)
      WHERE value <> '' GROUP BY value) AS one (value, label)`,
  },
  availableOn: {
    matches: (day) => sql`EXISTS (SELECT FROM availability WHERE community_id = l.community_id
      AND member_id = m.id AND (weekday = ${day}::integer
        OR (ends > ${DAY_MINUTES}::integer AND weekday % 7 + 1 = ${day}::integer)))`,
    columns: () => sql`l.community_id, m.id AS member_id`,
    values: sql`(SELECT DISTINCT day::text, '' FROM availability,
        LATERAL (VALUES (weekday), (CASE WHEN ends > ${DAY_MINUTES}::integer THEN weekday % 7 + 1 END)) AS on_days (day)
      WHERE community_id = found.community_id AND member_id = found.member_id AND day IS NOT NULL)
      AS one (value, label)`,
    options: weekdays,
  },
  within: {
    matches: (within, from) => sql`${metres(from)} <= ${within * 1000}`,
    columns: (from) => sql`${metres(from)} AS metres`,
    values: sql`(SELECT each::text, '' FROM unnest(${[...distances]}::integer[]) AS each
      WHERE metres <= each * 1000) AS one (value, label)`,
    options: distances,
  },
};

const always = sql`true`;

function condition<Name extends FilterName>(name: Name, search: Search, from: From): Prisma.Sql {
  const chosen = search[name];
  const isEmpty = chosen === undefined || chosen.toString() === "";
  return isEmpty ? always : filterTable[name].matches(chosen, from);
}

/** The conditions of the filters, one each, since a facet is counted with all filters but its own. */
export const conditions = (search: Search, from: From) =>
  filterNames.map((name) => ({ name, condition: condition(name, search, from) }));

export const filters = (search: Search, from: From): Prisma.Sql =>
  Prisma.join(
    conditions(search, from).map((each) => each.condition),
    " AND ",
  );
