/**
 * Loads what matching weighs besides listings: past exchanges, promises and availability. The same in each
 * community, with consistent books except for the fund's, which is not used here. Uses the pg_temp functions
 * of load-listings.ts.
 */

/** In each round one half of the members helps the other; the halves alternate. */
const ROUNDS = 10;
/** Days between rounds: matching counts only the last few rounds. */
const ROUND_DAYS = 20;

/** @param members per community; an even number */
export const helped = (communities: number, members: number): string[] => {
  const half = members / 2;
  const everywhere = `generate_series(0::bigint, ${communities} - 1) AS c`;
  const member = (n: string) => `pg_temp.id_of('m', c * 1000 + ${n})`;
  return [
    `CREATE TEMP TABLE help AS
     SELECT round * ${half} + pair AS n, round + 1 AS version,
       (2 * pair + round) % ${members} AS giver, (2 * pair + 3 * round + 1) % ${members} AS receiver,
       15 * (1 + floor(4 * pg_temp.random(round * ${half} + pair, 10)))::integer AS minutes,
       '2026-11-01'::timestamptz - (${ROUNDS} - round) * '${ROUND_DAYS} days'::interval
         + pair * '1 hour'::interval AS at
     FROM generate_series(0::bigint, ${ROUNDS} - 1) AS round,
       generate_series(0::bigint, ${half} - 1) AS pair`,
    `CREATE TEMP TABLE side AS
     SELECT member, version, (sum(change) OVER so_far)::integer AS balance,
       (sum(greatest(change, 0)) OVER so_far)::integer AS given,
       (sum(greatest(-change, 0)) OVER so_far)::integer AS received
     FROM (
       SELECT giver AS member, version, minutes AS change FROM help
       UNION ALL SELECT receiver, version, -minutes FROM help
     ) AS line
     WINDOW so_far AS (PARTITION BY member ORDER BY version)`,
    `INSERT INTO account (community_id, id, kind, version, balance, given, received, held,
       vouched_at)
     SELECT pg_temp.id_of('c', c), ${member("member")}, 'member', version, balance, given,
       received, CASE WHEN member % 2 = 1 THEN 60 ELSE 0 END, '2024-01-02'
     FROM side, ${everywhere} WHERE version = ${ROUNDS} ORDER BY member, c`,
    `INSERT INTO vouch (community_id, member_id, kind, at)
     SELECT community_id, id, 'before', joined_at FROM member`,
    `INSERT INTO exchange (community_id, id, giver_id, receiver_id, status, version, title, category,
       starts_at, minutes, place, place_note, pending_by_id, reported_minutes, reported_at, ended_at,
       created_at)
     SELECT pg_temp.id_of('c', c), pg_temp.id_of('x', c * 10000 + n), ${member("giver")},
       ${member("receiver")}, 'settled', 1, 'Help', 'other', at - '1 hour'::interval, minutes, 'giver',
       '', ${member("receiver")}, minutes, at, at, at
     FROM help, ${everywhere} ORDER BY n, c`,
    `INSERT INTO exchange_event (community_id, exchange_id, version, at, member_id, kind, minutes,
       starts_at)
     SELECT pg_temp.id_of('c', c), pg_temp.id_of('x', c * 10000 + n), 1, at, ${member("receiver")},
       'recorded', minutes, at - '1 hour'::interval
     FROM help, ${everywhere} ORDER BY n, c`,
    `INSERT INTO transfer (community_id, id, kind, debit_account_id, credit_account_id, minutes,
       debit_version, debit_balance, credit_version, credit_balance, exchange_id, authority,
       event_exchange_id, event_version, created_at)
     SELECT pg_temp.id_of('c', c), pg_temp.id_of('x', c * 10000 + n), 'exchange',
       ${member("receiver")}, ${member("giver")}, minutes, version, debit.balance, version,
       credit.balance, pg_temp.id_of('x', c * 10000 + n), 'event',
       pg_temp.id_of('x', c * 10000 + n), 1, at
     FROM help
     JOIN side AS debit USING (version) JOIN side AS credit USING (version), ${everywhere}
     WHERE debit.member = receiver AND credit.member = giver ORDER BY n, c`,
    // Half of the members have promised the other half an hour in the next days.
    `INSERT INTO exchange (community_id, id, giver_id, receiver_id, status, version, title, category,
       starts_at, minutes, place, place_note, pending_by_id, agreed_at, created_at)
     SELECT pg_temp.id_of('c', c), pg_temp.id_of('p', c * 1000 + pair), ${member("2 * pair")},
       ${member("2 * pair + 1")}, 'agreed', 2, 'Help', 'other',
       '2026-11-02'::timestamptz + pair * '5 hours'::interval, 60, 'giver', '', ${member("2 * pair")},
       '2026-10-31', '2026-10-30'
     FROM generate_series(0::bigint, ${half} - 1) AS pair, ${everywhere} ORDER BY pair, c`,
    `INSERT INTO hold (community_id, exchange_id, account_id, minutes)
     SELECT community_id, id, receiver_id, minutes FROM exchange WHERE status = 'agreed'`,
    // Three weekdays each.
    `INSERT INTO availability (community_id, member_id, weekday, starts, ends)
     SELECT pg_temp.id_of('c', c), ${member("n")}, 1 + (n + 2 * day) % 7, 540, 720
     FROM generate_series(0::bigint, ${members} - 1) AS n, generate_series(0, 2) AS day, ${everywhere}
     ORDER BY n, c`,
    "DROP TABLE help, side",
  ];
};
