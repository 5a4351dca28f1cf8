/** The number of listings that each further filter would leave. */

import type { InterfaceLanguage } from "@/domain/kernel/languages";
import { type Weekday, weekdays } from "@/domain/kernel/weekdays";
import { DAY_MINUTES } from "../../domain/availability/availability";
import {
  type Category,
  categories,
  type ListingKind,
  listingKinds,
  type Place,
  places,
} from "../../domain/listing/listing";
import { compareNames } from "../../domain/member/name-order";
import { distances, pointOf, type Within } from "../../domain/place/distance";
import type { Search } from "../../domain/search/schema";
import type { Reader } from "../listing/queries";
import { db } from "../platform/db/client";
import { Prisma } from "../platform/db/generated/client";
import { conditions, type From, matchingListings, metres, queriesCte } from "./conditions";

const { sql } = Prisma;

export type Facet<Value> = { value: Value; count: number };
/** Each counted with all filters but its own; values without listings are left out. */
export type Facets = {
  total: number;
  kind: Facet<ListingKind>[];
  category: Facet<Category>[];
  places: Facet<Place>[];
  /** `label` is the most frequent spelling; the most spoken language first. */
  spoken: (Facet<string> & { label: string })[];
  within: Facet<Within>[];
  availableOn: Facet<Weekday>[];
};

type Name = keyof ReturnType<typeof conditions>;
type Counted = { facet: string; value: string; label: string; count: number };

/** More than the languages spoken in one town. */
const MAX_SPOKEN = 200;

/** The values of each facet in the rows found, once per listing. */
const values: Record<Name, Prisma.Sql> = {
  kind: sql`(SELECT kind::text, '') AS one (value, label)`,
  category: sql`(SELECT category, '') AS one (value, label)`,
  places: sql`(SELECT DISTINCT place, '' FROM unnest(places) AS place) AS one (value, label)`,
  spoken: sql`(SELECT value, min(label COLLATE "und-x-icu") FROM unnest(spoken, languages) AS s (value, label)
    WHERE value <> '' GROUP BY value) AS one (value, label)`,
  within: sql`(SELECT each::text, '' FROM unnest(${[...distances]}::integer[]) AS each
    WHERE metres <= each * 1000) AS one (value, label)`,
  availableOn: sql`(SELECT DISTINCT day::text, '' FROM availability,
      LATERAL (VALUES (weekday), (CASE WHEN ends > ${DAY_MINUTES}::integer THEN weekday % 7 + 1 END)) AS on_days (day)
    WHERE community_id = found.community_id AND member_id = found.member_id AND day IS NOT NULL)
    AS one (value, label)`,
};
const names = Object.keys(values) as Name[];

export async function readFacets(
  communityId: string,
  search: Search,
  reader: Reader,
  now: Date,
  language: InterfaceLanguage,
): Promise<Facets> {
  const from: From = { communityId, point: pointOf(reader), now };
  const chosen = conditions(search, from);
  const but = (name: Name | null) =>
    Prisma.join(
      [sql`true`, ...names.filter((each) => each !== name).map((each) => column(each))],
      " AND ",
    );
  const rows = await db.$queryRaw<Counted[]>`
    WITH RECURSIVE ${search.words ? queriesCte(from, search.words) : sql`nothing AS (SELECT 1)`},
    found AS MATERIALIZED (
      SELECT l.community_id, m.id AS member_id, l.kind, l.category, l.places, m.spoken, m.languages, ${metres(from)} AS metres,
        ${Prisma.join(names.map((name) => sql`${chosen[name]} AS ${column(name)}`))}
      FROM ${matchingListings(from, search.words)}
    )
    SELECT 'total' AS facet, '' AS value, '' AS label, count(*)::integer AS count
    FROM found WHERE ${but(null)}
    UNION ALL ${Prisma.join(
      names.map(
        (name) => sql`
          SELECT ${name}, value, mode() WITHIN GROUP (ORDER BY label COLLATE "und-x-icu"), count(*)::integer
          FROM found, LATERAL ${values[name]} WHERE ${but(name)} GROUP BY value`,
      ),
      " UNION ALL ",
    )}`;
  return facetsOf(rows, language);
}

/** The column that says whether a row matches this filter. */
const column = (name: Name) => Prisma.raw(`"is_${name}"`);

function facetsOf(rows: Counted[], language: InterfaceLanguage): Facets {
  const compare = compareNames(language);
  const of = (name: Name) => rows.filter(({ facet }) => facet === name);
  const inOrder = <Value extends string | number>(name: Name, all: readonly Value[]) =>
    all.flatMap((value) => {
      const count = of(name).find((row) => row.value === String(value))?.count;
      return count ? [{ value, count }] : [];
    });
  return {
    total: rows.find(({ facet }) => facet === "total")?.count ?? 0,
    kind: inOrder("kind", listingKinds),
    category: inOrder("category", categories),
    places: inOrder("places", places),
    spoken: of("spoken")
      .map(({ value, label, count }) => ({ value, label, count }))
      .sort((one, other) => other.count - one.count || compare(one.label, other.label))
      .slice(0, MAX_SPOKEN),
    within: inOrder("within", distances),
    availableOn: inOrder("availableOn", weekdays),
  };
}
