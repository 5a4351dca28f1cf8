/** The number of listings that each further filter would leave. */

import type { InterfaceLanguage } from "@/domain/kernel/languages";
import { compareNames } from "../../domain/member/name-order";
import { pointOf } from "../../domain/place/distance";
import { type FilterName, filterNames, type Search } from "../../domain/search/schema";
import type { Reader } from "../listing/queries";
import { db } from "../platform/db/client";
import { Prisma } from "../platform/db/generated/client";
import {
  conditions,
  type From,
  filterTable,
  matchingListings,
  queriesCte,
  type ValueOf,
} from "./conditions";

const { sql } = Prisma;

/** `label` is the most frequent spelling of a value that has no message of its own. */
export type Facet<Value> = { value: Value; count: number; label?: string };
/** Each counted with all filters but its own; values without listings are left out. */
export type Facets = { [Name in FilterName]: Facet<ValueOf<Name>>[] } & { total: number };

type Counted = { facet: string; value: string; label: string; count: number };

/** More than the languages spoken in one town. */
const MAX_VALUES = 200;

export async function readFacets(
  communityId: string,
  search: Search,
  reader: Reader,
  now: Date,
  language: InterfaceLanguage,
): Promise<Facets> {
  const from: From = { communityId, point: pointOf(reader), now };
  const but = (name: FilterName | null) =>
    Prisma.join(
      [sql`true`, ...filterNames.filter((each) => each !== name).map((each) => column(each))],
      " AND ",
    );
  const rows = await db.$queryRaw<Counted[]>`
    WITH RECURSIVE ${search.words ? queriesCte(from, search.words) : sql`nothing AS (SELECT 1)`},
    found AS MATERIALIZED (
      SELECT ${Prisma.join(filterNames.map((name) => filterTable[name].columns(from)))},
        ${Prisma.join(
          conditions(search, from).map(
            ({ name, condition }) => sql`${condition} AS ${column(name)}`,
          ),
        )}
      FROM ${matchingListings(from, search.words)}
    )
    SELECT 'total' AS facet, '' AS value, '' AS label, count(*)::integer AS count
    FROM found WHERE ${but(null)}
    UNION ALL ${Prisma.join(
      filterNames.map(
        (name) => sql`
          SELECT ${name}, value, mode() WITHIN GROUP (ORDER BY label COLLATE "und-x-icu"), count(*)::integer
          FROM found, LATERAL ${filterTable[name].values} WHERE ${but(name)} GROUP BY value`,
      ),
      " UNION ALL ",
    )}`;
  const total = rows.find(({ facet }) => facet === "total")?.count ?? 0;
  const facets = filterNames.map((name) => [name, facetOf(name, rows, language)]);
  // A facet for each name.
  return { ...(Object.fromEntries(facets) as Omit<Facets, "total">), total };
}

/** The column that says whether a row matches this filter. */
const column = (name: FilterName) => Prisma.raw(`"is_${name}"`);

function facetOf(name: FilterName, rows: Counted[], language: InterfaceLanguage): Facet<unknown>[] {
  const compare = compareNames(language);
  const counted = rows.filter(({ facet }) => facet === name);
  const { options } = filterTable[name];
  if (!options) {
    return counted
      .map(({ value, label, count }) => ({ value, label, count }))
      .sort((one, other) => other.count - one.count || compare(one.label, other.label))
      .slice(0, MAX_VALUES);
  }
  return options.flatMap((value) => {
    const row = counted.find((each) => each.value === String(value));
    return row ? [{ value, count: row.count }] : [];
  });
}
