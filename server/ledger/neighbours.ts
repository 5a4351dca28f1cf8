import { MAX_ROWS } from "../../domain/kernel/limits";
import type { Named } from "../../domain/member/member";
import { db } from "../platform/db/client";

/** A member with whom another one exchanged help, in whole minutes, without reversed exchanges. */
export type Neighbour = Named & {
  id: string;
  number: number;
  photoId: string | null;
  /** The exchanges in which this neighbour received help. */
  gaveTimes: number;
  gaveMinutes: number;
  /** The exchanges in which this neighbour gave help. */
  receivedTimes: number;
  receivedMinutes: number;
};

/** The members whom a member helped or was helped by, most hours first. */
export async function readNeighbours(communityId: string, memberId: string): Promise<Neighbour[]> {
  return db.$queryRaw<Neighbour[]>`
    SELECT m.id, m.number, m.display_name AS "displayName", m.photo_id AS "photoId", m.role,
      count(*) FILTER (WHERE e.giver_id = ${memberId}::uuid)::integer AS "gaveTimes",
      coalesce(sum(t.minutes) FILTER (WHERE e.giver_id = ${memberId}::uuid), 0)::integer
        AS "gaveMinutes",
      count(*) FILTER (WHERE e.receiver_id = ${memberId}::uuid)::integer AS "receivedTimes",
      coalesce(sum(t.minutes) FILTER (WHERE e.receiver_id = ${memberId}::uuid), 0)::integer
        AS "receivedMinutes"
    FROM exchange e
    JOIN transfer t ON t.community_id = e.community_id AND t.exchange_id = e.id
    JOIN member m ON m.community_id = e.community_id
      AND m.id = CASE WHEN e.giver_id = ${memberId}::uuid THEN e.receiver_id ELSE e.giver_id END
    WHERE e.community_id = ${communityId}::uuid
      AND (e.giver_id = ${memberId}::uuid OR e.receiver_id = ${memberId}::uuid)
      AND e.status = 'settled' AND e.reversed_at IS NULL
    GROUP BY m.id, m.number, m.display_name, m.photo_id, m.role
    ORDER BY sum(t.minutes) DESC, m.number
    LIMIT ${MAX_ROWS.neighbours}`;
}

/** How many different members a member helped, and was helped by. */
export async function countNeighbours(
  communityId: string,
  memberId: string,
): Promise<{ helped: number; helpedBy: number }> {
  const [row] = await db.$queryRaw<{ helped: number; helpedBy: number }[]>`
    SELECT
      count(DISTINCT receiver_id) FILTER (WHERE giver_id = ${memberId}::uuid)::integer AS helped,
      count(DISTINCT giver_id) FILTER (WHERE receiver_id = ${memberId}::uuid)::integer
        AS "helpedBy"
    FROM exchange
    WHERE community_id = ${communityId}::uuid
      AND (giver_id = ${memberId}::uuid OR receiver_id = ${memberId}::uuid)
      -- The fund is nobody.
      AND community_id NOT IN (giver_id, receiver_id)
      AND status = 'settled' AND reversed_at IS NULL`;
  return row ?? { helped: 0, helpedBy: 0 };
}
