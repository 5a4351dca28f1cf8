/** For tests of the books: small communities, and the moves as the application's role makes them. */
import { v7 } from "uuid";
import { app, owner } from "../testing";

export type Books = { community: string; accounts: string[] };

/**
 * A community with accounts and nothing else; the tables of people are filled by the owner.
 * @param accounts ids, or how many
 */
export async function makeBooks(accounts: number | string[] = 3, floor = -600): Promise<Books> {
  const community = v7();
  await owner().query(
    `INSERT INTO community (id, slug, name, about, language, time_zone, joining, granularity, floor,
       soft_floor, soft_ceiling, welcome_credit, confirmation_days, balances_visible,
       next_member_number, created_at)
     VALUES ($1, $2, 'Test', '', 'en', 'UTC', 'open', 15, $3, 0, 0, 0, 7, true, 1, now())`,
    [community, `t-${community}`, floor],
  );
  await app().query("SELECT open_account($1, $1, 'fund', NULL, NULL)", [community]);
  const ids =
    typeof accounts === "number" ? Array.from({ length: accounts }, () => v7()) : accounts;
  for (const [index, id] of ids.entries()) {
    await app().query("SELECT open_account($1, $2, 'member', $3, NULL)", [community, id, floor]);
    await app().query(
      `INSERT INTO member (community_id, id, number, role, status, display_name, about, languages,
         neighbourhood, contact, joined_at)
       VALUES ($1, $2, $3, 'member', 'active', 'M', '', '{}', '', '', now())`,
      [community, id, index + 1],
    );
  }
  return { community, accounts: ids };
}

export const [A, B, C] = [0, 1, 2];
export const at = (books: Books, index: number): string => books.accounts[index] ?? "";

// Nobody gives two things at once: each exchange of these tests has a month of its own.
let months = 0;

/** An exchange row to settle; `settle` below sets its status as the services do. */
export async function makeExchange(
  { community }: Books,
  giver: string,
  receiver: string,
  minutes = 60,
  id = v7(),
) {
  months += 1;
  await app().query(
    `INSERT INTO exchange (community_id, id, giver_id, receiver_id, status, version, title, category,
       starts_at, minutes, place, place_note, last_by_id, created_at)
     VALUES ($1, $2, $3, $4, 'agreed', 1, 'T', 'other',
       timestamptz '2027-01-01 00:00Z' + make_interval(days => $6 * 42), $5, 'giver', '', $3, now())`,
    [community, id, giver, receiver, minutes, months],
  );
  return id;
}

export type Post = {
  id?: string;
  kind?: string;
  debit: string;
  credit: string;
  minutes: number | null;
  exchange?: string | null;
};
export async function post(
  books: Books,
  { id = v7(), kind, debit, credit, minutes, exchange = null }: Post,
) {
  const { rows } = await app().query(
    "SELECT * FROM post_transfer($1, $2, $3::transfer_kind, $4, $5, $6, $7)",
    [
      books.community,
      id,
      kind ?? (exchange ? "exchange" : "welcome"),
      debit,
      credit,
      minutes,
      exchange,
    ],
  );
  if (exchange)
    await app().query(
      "UPDATE exchange SET status = 'settled' WHERE community_id = $1 AND id = $2",
      [books.community, exchange],
    );
  return rows[0];
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
export const release = (books: Books, exchange: string) =>
  app().query("SELECT release_hold($1, $2)", [books.community, exchange]);
export const reverse = (books: Books, id: string, of: string) =>
  app().query("SELECT * FROM reverse_transfer($1, $2, $3)", [books.community, id, of]);

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

/** PostgreSQL's SQLSTATE for what one may not do. */
export const FORBIDDEN = "42501";
