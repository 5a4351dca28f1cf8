/** Fixtures for tests of the books: small communities, and calls of their functions as the application's role. */
import { v7 } from "uuid";
import { app, owner } from "./pools";

export type Books = {
  community: string;
  accounts: string[];
  /** The id of a coordinator, who decides about other members. */
  desk: string;
};

/**
 * A community with members and their accounts.
 * @param accounts ids, or how many
 */
export async function makeBooks(accounts: number | string[] = 3, floor = -600): Promise<Books> {
  const community = v7();
  await owner().query(
    `INSERT INTO community (id, slug, name, about, language, time_zone, joining, granularity, floor,
       newcomer_floor, soft_floor, soft_ceiling, welcome_credit, confirmation_days,
       balances_visible, next_member_number, created_at)
     VALUES ($1, $2, 'Test', '', 'en', 'UTC', 'open', 15, $3, $3, 0, 0, 0, 7, true, 1, now())`,
    [community, `t-${community}`, floor],
  );
  await app().query("SELECT open_account($1, $1, 'fund')", [community]);
  const ids =
    typeof accounts === "number" ? Array.from({ length: accounts }, () => v7()) : accounts;
  const desk = v7();
  for (const [index, id] of [...ids, desk].entries()) {
    await app().query("SELECT open_account($1, $2, 'member')", [community, id]);
    await app().query(
      `INSERT INTO member (community_id, id, number, role, status, display_name, about, languages,
         neighbourhood, contact, joined_at)
       VALUES ($1, $2, $3, $4, 'active', 'M', '', '{}', '', '', now())`,
      [community, id, index + 1, id === desk ? "coordinator" : "member"],
    );
  }
  return { community, accounts: ids, desk };
}

/** The coordinator decides about a member's limits; null for the community's rule. */
export const decideLimits = (
  { community, desk }: Books,
  id: string,
  floor: number | null,
  ceiling: number | null,
) =>
  app().query("SELECT decide_member_limits($1, $2, $3, $4, $5, 'because', NULL)", [
    community,
    id,
    floor,
    ceiling,
    desk,
  ]);

export const [A, B, C] = [0, 1, 2];
export const at = (books: Books, index: number): string => books.accounts[index] ?? "";

// A member's exchanges may not overlap, so each exchange of these tests has its own month.
let months = 0;

/** An agreed exchange, which `post` settles. Idempotent for an id. */
export async function makeExchange(
  { community }: Pick<Books, "community">,
  giver: string,
  receiver: string,
  minutes = 60,
  id = v7(),
) {
  months += 1;
  await app().query(
    `WITH made AS (
       INSERT INTO exchange (community_id, id, giver_id, receiver_id, status, version, title,
         category, starts_at, minutes, place, place_note, pending_by_id, created_at)
       SELECT $1, $2, $3, $4, 'agreed', 1, 'T', 'other',
         timestamptz '2027-01-01 00:00Z' + make_interval(days => $6 * 42), $5, 'giver', '', $3, now()
       -- Checked first: ON CONFLICT alone would wait for a transaction that is changing the exchange.
       WHERE NOT EXISTS (SELECT FROM exchange WHERE community_id = $1 AND id = $2)
       ON CONFLICT DO NOTHING RETURNING id
     )
     INSERT INTO exchange_event (community_id, exchange_id, version, at, member_id, kind, minutes)
     SELECT $1, id, 1, now(), $4, 'agreed', $5 FROM made`,
    [community, id, giver, receiver, minutes, months],
  );
  return id;
}

/**
 * Settles as the application does: the exchange ($7), its event and the transfer in one statement, at a time
 * ($8) of the application's clock. The receiver reports the minutes, which settles the exchange.
 */
export const SETTLE = `
  WITH moved AS (
    UPDATE exchange SET status = 'settled', version = version + 1
    WHERE community_id = $1 AND id = $7 RETURNING id, version, receiver_id
  ), event AS (
    INSERT INTO exchange_event (community_id, exchange_id, version, at, member_id, kind, minutes)
    SELECT $1, id, version, now(), receiver_id, 'reported', $6 FROM moved RETURNING version
  )
  SELECT posted.* FROM (SELECT count(*) AS events FROM event) AS counted,
    LATERAL post_transfer($1, $2, $3::transfer_kind, $4, $5,
      CASE WHEN events >= 0 THEN $6::integer END, $7, $8) AS posted`;

/** Reverses a transfer ($3) as the application does: the exchange, its event and the reversal ($2). */
export const UNDO = `
  WITH moved AS (
    UPDATE exchange SET version = version + 1, reversed_at = now()
    WHERE community_id = $1
      AND id = (SELECT exchange_id FROM transfer WHERE community_id = $1 AND id = $3)
    RETURNING id, version
  ), event AS (
    INSERT INTO exchange_event (community_id, exchange_id, version, at, kind)
    SELECT $1, id, version, now(), 'reversed' FROM moved RETURNING version
  )
  SELECT undone.* FROM (SELECT count(*) AS events FROM event) AS counted,
    LATERAL reverse_transfer($1, $2, CASE WHEN events >= 0 THEN $3::uuid END) AS undone`;

export type Post = {
  id?: string;
  kind?: string;
  debit: string;
  credit: string;
  minutes: number | null;
  /** A new exchange by default. */
  exchange?: string | null;
  /** The application's clock; now by default. */
  when?: string;
};
export async function post(
  books: Pick<Books, "community">,
  { id = v7(), kind = "exchange", debit, credit, minutes, exchange = id, when }: Post,
) {
  if (exchange === id && debit !== credit) await makeExchange(books, credit, debit, 60, id);
  const { rows } = await app().query(SETTLE, [
    books.community,
    id,
    kind,
    debit,
    credit,
    minutes,
    exchange,
    when ?? new Date(),
  ]);
  return rows[0];
}
/** The coordinator vouches for a member, who gets this welcome credit. */
export async function welcome({ community, desk }: Books, id: string, minutes: number) {
  const grant = (credit: number) =>
    app().query("UPDATE community SET welcome_credit = $2 WHERE id = $1", [community, credit]);
  await grant(minutes);
  await app().query("SELECT vouch_for($1, $2, 'approved', $3, NULL, now(), NULL)", [
    community,
    id,
    desk,
  ]);
  // Members who are vouched for later get nothing.
  await grant(0);
}
export const hold = (
  books: Books,
  exchange: string,
  account: string,
  credit: string,
  minutes: number | null,
) =>
  app().query("SELECT place_hold($1, $2, $3, $4, $5)", [
    books.community,
    exchange,
    account,
    minutes,
    credit,
  ]);
/** Frees the minutes of an exchange ($2) as the services do: it is called off, then its hold released. */
export const RELEASE = `
  WITH moved AS (
    UPDATE exchange SET status = 'cancelled' WHERE community_id = $1 AND id = $2 RETURNING id
  )
  SELECT release_hold($1, CASE WHEN count(*) >= 0 THEN $2::uuid END) FROM moved`;
export const release = (books: Books, exchange: string) =>
  app().query(RELEASE, [books.community, exchange]);
export const reverse = (books: Pick<Books, "community">, id: string, of: string) =>
  app().query(UNDO, [books.community, id, of]);

/** By the owner: the application has no right to close an account. */
export const closeAccount = ({ community }: Pick<Books, "community">, id: string) =>
  owner().query("SELECT close_account($1, $2)", [community, id]);

export const accountOf = async (books: Books, id: string) => {
  const { rows } = await app().query<{ balance: number; held: number; version: number }>(
    "SELECT balance, held, version FROM account WHERE community_id = $1 AND id = $2",
    [books.community, id],
  );
  return rows[0] ?? { balance: Number.NaN, held: Number.NaN, version: Number.NaN };
};
export const violations = async (books: Books) =>
  (
    await app().query<{ violation: string }>("SELECT violation FROM check_books($1)", [
      books.community,
    ])
  ).rows.map(({ violation }) => violation);
/** The SQLSTATE of a refusal, or "accepted". */
export const state = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "accepted",
    (error: { code?: string }) => error.code ?? String(error),
  );

/** SQLSTATE insufficient_privilege. */
export const FORBIDDEN = "42501";
