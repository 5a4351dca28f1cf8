/**
 * Loads many transfers directly into the tables of a migrated database. A plan of who helped whom is drawn
 * from the seed, window functions derive versions and balances, and one INSERT writes each table. The books
 * are consistent (check_books). Runs once per database.
 */
import type { Client } from "pg";

export type Shape = {
  /**
   * "neighbourhoods": one community of 300 members per 1,000 transfers.
   * "crowd": one community of 3,000 members.
   */
  kind: "neighbourhoods" | "crowd";
  /** A multiple of 1,000. */
  transfers: number;
  seed: number;
  /** Skips triggers, including foreign keys. */
  trusting?: boolean;
};

/** Members of a community; in a crowd, the members with the measured transfers. */
const CORE = 300;
const CROWD = 3000;
/** Transfers of the measured community, or of the measured members of a crowd, at every size. */
export const MEASURED = 1000;
/** The measured community, with the same 1,000 transfers at every size. */
export const MEASURED_SLUG = "bench-0";

export async function load(client: Client, shape: Shape): Promise<void> {
  const { transfers, seed, trusting = true } = shape;
  if (transfers % MEASURED !== 0) throw new Error(`${transfers} is no multiple of ${MEASURED}.`);
  const stride = transfers / MEASURED;
  const isCrowd = shape.kind === "crowd";
  const communities = isCrowd ? 1 : stride;
  const members = isCrowd ? CROWD : CORE;
  await client.query("BEGIN");
  await client.query("SET LOCAL work_mem = '512MB'");
  if (trusting) await client.query("SET LOCAL session_replication_role = replica");
  await client.query(drawing(seed));
  await client.query(planned(transfers, stride, isCrowd));
  await client.query(lines);
  for (const statement of peopled(communities, members)) await client.query(statement);
  for (const statement of written) await client.query(statement);
  await client.query("DROP TABLE plan, line");
  await client.query("COMMIT");
  await client.query("VACUUM (ANALYZE)");
}

/** SQL functions for random numbers and ids from the seed; ids are ordered by time, like UUIDv7. */
const drawing = (seed: number) => `
  CREATE OR REPLACE FUNCTION pg_temp.random(n bigint, salt integer) RETURNS float8
  LANGUAGE sql IMMUTABLE AS $$
    SELECT (hashint8extended(n, ${seed}::bigint * 16 + salt) & 16777215) / 16777216.0::float8
  $$;
  CREATE OR REPLACE FUNCTION pg_temp.id_of(kind text, n bigint, at timestamptz) RETURNS uuid
  LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(h, 1, 3)
      || '8' || substr(h, 4, 15))::uuid
    FROM (SELECT md5(kind || n || ':${seed}') AS h) AS hashed
  $$;
  CREATE OR REPLACE FUNCTION pg_temp.community_of(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
    $$ SELECT pg_temp.id_of('c', n, '2024-01-01') $$;
  CREATE OR REPLACE FUNCTION pg_temp.member_of(community bigint, n bigint) RETURNS uuid
  LANGUAGE sql IMMUTABLE AS $$ SELECT pg_temp.id_of('m', community * 10000 + n, '2024-01-02') $$`;

/**
 * Who helped whom in the last two years. Each stride-th transfer is a measured one, so that they are
 * scattered in a big table, as in production. Some members are busier than others (by the square of a random
 * number); in a crowd the other transfers are spread evenly.
 */
const planned = (transfers: number, stride: number, isCrowd: boolean) => `
  CREATE TEMP TABLE plan AS
  SELECT seq, booked, minutes, at,
    pg_temp.community_of(community) AS community_id,
    pg_temp.id_of('t', seq, at) AS id,
    pg_temp.member_of(community, debit) AS debit_id,
    pg_temp.member_of(community, CASE WHEN credit >= debit THEN credit + 1 ELSE credit END)
      AS credit_id
  FROM (
    SELECT seq, community, n % 3 = 0 AS booked,
      15 * (1 + floor(12 * pg_temp.random(n, 1)))::integer AS minutes,
      '2026-11-01'::timestamptz - (${transfers} - seq) * ('730 days'::interval / ${transfers}) AS at,
      CASE WHEN spread THEN ${CORE} + floor(${CROWD - CORE} * pg_temp.random(n, 2))
        ELSE floor(${CORE} * pg_temp.random(n, 2) ^ 2) END::bigint AS debit,
      CASE WHEN spread THEN ${CORE} + floor(${CROWD - CORE - 1} * pg_temp.random(n, 3))
        ELSE floor(${CORE - 1} * pg_temp.random(n, 3) ^ 2) END::bigint AS credit
    FROM (
      SELECT seq, ${isCrowd ? "0" : `seq % ${stride}`} AS community,
        ${isCrowd ? `seq % ${stride} <> 0` : "false"} AS spread,
        CASE WHEN seq % ${stride} = 0 THEN seq / ${stride} ELSE 1000000000 + seq END AS n
      FROM generate_series(1::bigint, ${transfers}) AS seq
    ) AS numbered
  ) AS drawn
  ORDER BY seq;
  ANALYZE plan`;

/** Both accounts' version and balance after each transfer. */
const lines = `
  CREATE TEMP TABLE line AS
  SELECT seq, is_debit, community_id, account_id,
    (row_number() OVER so_far)::integer AS version, (sum(change) OVER so_far)::integer AS balance,
    (sum(greatest(change, 0)) OVER so_far)::integer AS given,
    (sum(greatest(-change, 0)) OVER so_far)::integer AS received
  FROM (
    SELECT seq, true AS is_debit, community_id, debit_id AS account_id, -minutes AS change FROM plan
    UNION ALL
    SELECT seq, false, community_id, credit_id, minutes FROM plan
  ) AS side
  WINDOW so_far AS (PARTITION BY community_id, account_id ORDER BY seq);
  ANALYZE line`;

const peopled = (communities: number, members: number) => [
  `INSERT INTO community (id, slug, name, about, language, time_zone, joining, granularity, floor,
     newcomer_floor, soft_floor, soft_ceiling, welcome_credit, confirmation_days, balances_visible,
     next_member_number, created_at)
   SELECT pg_temp.community_of(n), 'bench-' || n, 'Bench ' || n, '', 'en', 'Europe/Berlin', 'open',
     15, -60000, -60000, -300, 3000, 0, 7, true, ${members} + 1, '2024-01-01'
   FROM generate_series(0::bigint, ${communities} - 1) AS n`,
  `INSERT INTO account (community_id, id, kind)
   SELECT pg_temp.community_of(n), pg_temp.community_of(n), 'fund'
   FROM generate_series(0::bigint, ${communities} - 1) AS n`,
  `INSERT INTO account (community_id, id, kind, version, balance, given, received, vouched_at)
   SELECT everybody.community_id, everybody.id, 'member', coalesce(last.version, 0),
     coalesce(last.balance, 0), coalesce(last.given, 0), coalesce(last.received, 0), '2024-01-02'
   FROM (
     SELECT pg_temp.community_of(c) AS community_id, pg_temp.member_of(c, n) AS id
     FROM generate_series(0::bigint, ${communities} - 1) AS c,
       generate_series(0::bigint, ${members} - 1) AS n
   ) AS everybody
   LEFT JOIN (
     SELECT DISTINCT ON (community_id, account_id) community_id, account_id, version, balance, given,
       received
     FROM line ORDER BY community_id, account_id, version DESC
   ) AS last ON last.community_id = everybody.community_id AND last.account_id = everybody.id`,
  `INSERT INTO member (community_id, id, number, role, status, display_name, about, languages,
     neighbourhood, contact, joined_at)
   SELECT pg_temp.community_of(c), pg_temp.member_of(c, n), n + 1, 'member', 'active',
     'Member ' || n, 'About me', '{en}', 'Quarter ' || n % 5, '', '2024-01-02'
   FROM generate_series(0::bigint, ${communities} - 1) AS c,
     generate_series(0::bigint, ${members} - 1) AS n`,
  // Every member is vouched for, so that no measured transfer pays a welcome credit.
  `INSERT INTO vouch (community_id, member_id, kind, at)
   SELECT community_id, id, 'before', joined_at FROM member`,
];

/** A third was agreed beforehand (with a hold, and reported by the receiver), the rest recorded. */
const written = [
  `INSERT INTO exchange (community_id, id, giver_id, receiver_id, status, version, title, category,
     starts_at, minutes, place, place_note, pending_by_id, agreed_at, reported_minutes, reported_at,
     ended_at, created_at)
   SELECT community_id, id, credit_id, debit_id, 'settled', CASE WHEN booked THEN 3 ELSE 1 END,
     'Help number ' || seq, 'other', at - '1 hour'::interval, minutes, 'giver', '', debit_id,
     CASE WHEN booked THEN at - '1 day'::interval END, minutes, at, at,
     CASE WHEN booked THEN at - '2 days'::interval ELSE at END
   FROM plan ORDER BY seq`,
  `INSERT INTO hold (community_id, exchange_id, account_id, minutes, status, created_at, ended_at)
   SELECT community_id, id, debit_id, minutes, 'settled', at - '1 day'::interval, at
   FROM plan WHERE booked ORDER BY seq`,
  `INSERT INTO exchange_event (community_id, exchange_id, version, at, member_id, kind, minutes,
     starts_at)
   SELECT community_id, id, event.version, at - event.ago,
     CASE WHEN event.kind = 'agreed' THEN credit_id ELSE debit_id END, event.kind, minutes,
     at - '1 hour'::interval
   FROM plan
   JOIN (VALUES
     (true, 1, 'proposed', '2 days'::interval), (true, 2, 'agreed', '1 day'),
     (true, 3, 'reported', '0'), (false, 1, 'recorded', '0')
   ) AS event (booked, version, kind, ago) ON event.booked = plan.booked
   ORDER BY seq, event.version`,
  `INSERT INTO transfer (community_id, id, kind, debit_account_id, credit_account_id, minutes,
     debit_version, debit_balance, credit_version, credit_balance, exchange_id, authority,
     event_exchange_id, event_version, created_at)
   SELECT plan.community_id, id, 'exchange', debit_id, credit_id, minutes, debit.version,
     debit.balance, credit.version, credit.balance, id,
     'event', id, CASE WHEN booked THEN 3 ELSE 1 END, at
   FROM plan
   JOIN line AS debit ON debit.seq = plan.seq AND debit.is_debit
   JOIN line AS credit ON credit.seq = plan.seq AND NOT credit.is_debit
   ORDER BY plan.seq`,
];
