/** The candidates for matching: open listings of active members, with the members' load. */

import type { ListingKind, Place } from "../../domain/listing/listing";
import type { MatchListing } from "../../domain/matching/fit";
import { AHEAD_DAYS, type Candidate, RECENT_DAYS } from "../../domain/matching/matching";
import type { Named } from "../../domain/member/member";
import { db } from "../platform/db/client";
import { Prisma } from "../platform/db/generated/client";

const DAY_MS = 86_400_000;
/** The newest listings that are considered, so that the cost does not grow with the community. */
const MAX_LISTINGS = 200;
/** Of one member, so that a member with many listings does not displace others. */
const MAX_LISTINGS_OF_ONE = 5;
/** For mutual matches: the latest members per category, members in all, and listings per member. */
const MAX_MEMBERS_PER_CATEGORY = 40;
const MAX_MEMBERS = 100;
const MAX_LISTINGS_PER_MEMBER = 30;
/** The latest transfers of an account that are considered: more than one every other day. */
const MAX_TRANSFERS = 30;

export type CandidateListing = MatchListing & { kind: ListingKind; minutes: number };
export type MatchCandidate = Candidate &
  Named & {
    offers: readonly CandidateListing[];
    requests: readonly CandidateListing[];
  };

type Row = Omit<CandidateListing, "places"> &
  Omit<MatchCandidate, "offers" | "requests" | "metres"> & { places: Place[] };

/** The community, the member to exclude, and the time. */
export type Around = { communityId: string; meId: string; now: Date };

const openOthers = ({ communityId, meId, now }: Around) => Prisma.sql`
  l.community_id = ${communityId}::uuid AND l.status = 'open' AND l.expires_at > ${now}
  AND l.member_id <> ${meId}::uuid AND m.status = 'active'`;

/** Other members with a listing of this kind and category. */
export async function readCandidates(
  around: Around,
  wanted: { kind: ListingKind; category: string },
): Promise<MatchCandidate[]> {
  return withLoads(
    around,
    Prisma.sql`
      SELECT id, member_id, kind, category, title, places, minutes, created_at FROM (
        SELECT l.*, row_number() OVER (
          PARTITION BY l.member_id ORDER BY l.created_at DESC, l.id
        ) AS of_one
        FROM listing l
        JOIN member m ON m.community_id = l.community_id AND m.id = l.member_id
        WHERE ${openOthers(around)} AND l.category = ${wanted.category}
          AND l.kind = ${wanted.kind}::listing_kind
      ) AS counted
      WHERE of_one <= ${MAX_LISTINGS_OF_ONE}
      ORDER BY created_at DESC, id
      LIMIT ${MAX_LISTINGS}`,
  );
}

/**
 * Other members with an offer in a category of my requests, or a request in a category of my offers,
 * with their open listings.
 */
export async function readMatchCandidates(
  around: Around,
  my: { offers: string[]; requests: string[] },
): Promise<MatchCandidate[]> {
  return withLoads(
    around,
    Prisma.sql`
      SELECT l.* FROM (
        SELECT newest.member_id
        FROM (
          SELECT 'request'::listing_kind, unnest(${my.offers}::text[])
          UNION ALL SELECT 'offer'::listing_kind, unnest(${my.requests}::text[])
        ) AS wanted (kind, category)
        CROSS JOIN LATERAL (
          SELECT l.member_id, max(l.created_at) AS created_at FROM listing l
          JOIN member m ON m.community_id = l.community_id AND m.id = l.member_id
          WHERE ${openOthers(around)} AND l.category = wanted.category AND l.kind = wanted.kind
          GROUP BY l.member_id
          ORDER BY max(l.created_at) DESC, l.member_id
          LIMIT ${MAX_MEMBERS_PER_CATEGORY}
        ) AS newest
        GROUP BY newest.member_id
        ORDER BY max(newest.created_at) DESC, newest.member_id
        LIMIT ${MAX_MEMBERS}
      ) AS person
      CROSS JOIN LATERAL (
        SELECT l.* FROM listing l
        JOIN member m ON m.community_id = l.community_id AND m.id = l.member_id
        WHERE ${openOthers(around)} AND l.member_id = person.member_id
        ORDER BY l.created_at DESC
        LIMIT ${MAX_LISTINGS_PER_MEMBER}
      ) AS l`,
  );
}

/**
 * The listings found, with their members and the members' load. Recent minutes given and received
 * come from the account's newest transfers: a reversed exchange still counts until it is old.
 */
async function withLoads(
  { communityId, now }: Around,
  found: Prisma.Sql,
): Promise<MatchCandidate[]> {
  const ahead = new Date(now.getTime() + AHEAD_DAYS * DAY_MS);
  const since = new Date(now.getTime() - RECENT_DAYS * DAY_MS);
  const moved = (side: "credit" | "debit") => {
    const account = Prisma.raw(`t.${side}_account_id`);
    const version = Prisma.raw(`t.${side}_version`);
    return Prisma.sql`
      SELECT coalesce(sum(minutes), 0)::int AS minutes FROM (
        SELECT t.minutes, t.kind, t.created_at FROM transfer t
        WHERE t.community_id = ${communityId}::uuid AND ${account} = who.member_id
        ORDER BY ${version} DESC
        LIMIT ${MAX_TRANSFERS}
      ) AS latest
      WHERE kind = 'exchange' AND created_at > ${since}`;
  };
  const rows = await db.$queryRaw<Row[]>`
    WITH found AS MATERIALIZED (${found}),
    -- Without MATERIALIZED, PostgreSQL computes it again for each listing of a member.
    person AS MATERIALIZED (
      SELECT m.id AS "memberId", m.display_name AS "displayName", m.role, m.languages, m.neighbourhood,
        m.joined_at AS "joinedAt", a.balance, promised.minutes AS promised,
        given.minutes AS "givenLately", received.minutes AS "receivedLately"
      FROM (SELECT DISTINCT member_id FROM found) AS who
      JOIN member m ON m.community_id = ${communityId}::uuid AND m.id = who.member_id
      JOIN account a ON a.community_id = m.community_id AND a.id = m.id
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(coalesce(e.reported_minutes, e.minutes)), 0)::int AS minutes
        FROM exchange e
        WHERE e.community_id = ${communityId}::uuid AND e.giver_id = who.member_id
          AND e.status IN ('agreed', 'reported') AND e.starts_at <= ${ahead}
      ) AS promised
      CROSS JOIN LATERAL (${moved("credit")}) AS given
      CROSS JOIN LATERAL (${moved("debit")}) AS received
    )
    SELECT f.id, f.kind, f.category, f.title, f.places, f.minutes, f.created_at AS "createdAt",
      person.*
    FROM found f JOIN person ON person."memberId" = f.member_id
    ORDER BY f.created_at DESC, f.id`;
  return byMember(rows);
}

function byMember(rows: Row[]): MatchCandidate[] {
  const neighbours = new Map<string, MatchCandidate>();
  for (const { id, kind, category, title, places, minutes, createdAt, ...member } of rows) {
    const known = neighbours.get(member.memberId) ?? { ...member, offers: [], requests: [] };
    const listing = { id, kind, category, title, places, minutes, createdAt };
    const side = kind === "offer" ? "offers" : "requests";
    neighbours.set(member.memberId, { ...known, [side]: [...known[side], listing] });
  }
  return [...neighbours.values()];
}
