/** Prepares the work of a slice: reported exchanges, and users who can sign in. */

import type { Client } from "pg";
import { v7 } from "uuid";

export type Reported = {
  id: string;
  /** The receiver, who has to confirm. */
  memberId: string;
  /** The receiver's member number, from 1. */
  number: number;
};

/** The version at which `prepareReported` leaves an exchange. */
export const REPORTED_VERSION = 3;

/**
 * Creates exchanges that were agreed and reported by the giver, with hold, history, and the job that settles
 * them when due.
 * @param receivers how many of the first members are receivers; any member gives
 */
export async function prepareReported(
  client: Client,
  slug: string,
  { count, receivers, seed }: { count: number; receivers: number; seed: number },
): Promise<Reported[]> {
  const ids = Array.from({ length: count }, () => v7());
  await client.query("BEGIN");
  const { rows } = await client.query<Reported>(
    `WITH people AS (
       SELECT member.community_id, member.id, number, count(*) OVER () AS many
       FROM member JOIN community ON community.id = member.community_id WHERE slug = $1
     ), wanted AS (
       SELECT id, 1 + (hashint8extended(n, $4) & 1048575) % least($3, many) AS receiver,
         1 + (hashint8extended(n, $4 + 1) & 1048575) % (many - 1) AS giver
       FROM unnest($2::uuid[]) WITH ORDINALITY AS given (id, n), (SELECT max(many) AS many FROM people) AS all_of_them
     )
     INSERT INTO exchange (community_id, id, giver_id, receiver_id, status, version, title, category,
       starts_at, minutes, place, place_note, pending_by_id, agreed_at, reported_minutes, reported_at,
       due_at, created_at)
     SELECT r.community_id, wanted.id, g.id, r.id, 'reported', ${REPORTED_VERSION}, 'Help', 'other',
       now() - '2 hours'::interval, 15, 'giver', '', g.id, now() - '1 day'::interval, 15, now(),
       now() + '84 hours'::interval, now() - '2 days'::interval
     FROM wanted
     JOIN people AS r ON r.number = receiver
     JOIN people AS g ON g.number = CASE WHEN giver >= receiver THEN giver + 1 ELSE giver END
     RETURNING id, receiver_id AS "memberId",
       (SELECT number FROM people WHERE people.id = receiver_id) AS number`,
    [slug, ids, receivers, seed],
  );
  for (const statement of belongings) await client.query(statement, [ids]);
  await client.query("COMMIT");
  return rows;
}

const belongings = [
  `INSERT INTO hold (community_id, exchange_id, account_id, minutes)
   SELECT community_id, id, receiver_id, minutes FROM exchange WHERE id = ANY($1)`,
  `UPDATE account SET held = held + promised.minutes
   FROM (
     SELECT community_id, receiver_id, sum(minutes)::integer AS minutes
     FROM exchange WHERE id = ANY($1) GROUP BY 1, 2 ORDER BY 2
   ) AS promised
   WHERE account.community_id = promised.community_id AND account.id = promised.receiver_id`,
  `INSERT INTO exchange_event (community_id, exchange_id, version, at, member_id, kind, minutes,
     starts_at)
   SELECT community_id, id, version_made, created_at + (version_made - 1) * '1 day'::interval,
     CASE WHEN version_made = 1 THEN receiver_id ELSE giver_id END, made, minutes, starts_at
   FROM exchange, (VALUES (1, 'proposed'), (2, 'agreed'), (3, 'reported')) AS event (version_made, made)
   WHERE id = ANY($1)`,
  `SELECT count(enqueue_job('exchange-due',
     jsonb_build_object('communityId', community_id, 'exchangeId', id), due_at,
     'exchange:' || community_id || ':' || id))
   FROM exchange WHERE id = ANY($1)`,
];

/** Gives the first members of a community a sign-in each. @returns their e-mail addresses, by number */
export async function giveSignIns(
  client: Client,
  slug: string,
  { count, passwordHash }: { count: number; passwordHash: string },
): Promise<string[]> {
  const ids = Array.from({ length: count }, () => v7());
  const emails = ids.map((_, index) => `bench-${index + 1}@example.org`);
  await client.query(
    `INSERT INTO "user" (id, email, name, password_hash, created_at)
     SELECT id, email, 'Bench', $3, now() FROM unnest($1::uuid[], $2::text[]) AS one (id, email)`,
    [ids, emails, passwordHash],
  );
  await client.query(
    `UPDATE member SET user_id = one.id
     FROM unnest($1::uuid[]) WITH ORDINALITY AS one (id, n), community
     WHERE community.id = member.community_id AND slug = $2 AND member.number = one.n`,
    [ids, slug],
  );
  return emails;
}
