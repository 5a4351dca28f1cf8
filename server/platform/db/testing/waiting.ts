/** Fixtures for tests of concurrent transactions that wait for each other's locks. */
import type { PoolClient } from "pg";
import { v7 } from "uuid";
import { type Books, makeExchange, RELEASE, SETTLE, state, UNDO } from "./books";
import { app, owner } from "./pools";

export type Call = [name: string, ...values: unknown[]];

type LegOf = { id: string; debit: string; credit: string; exchange?: string };

/** Settles the exchanges of all legs ($2), each reported by its receiver, before the legs are posted. */
export const SETTLE_ALL = `
  WITH leg AS (
    SELECT (leg ->> 'exchange')::uuid AS exchange, (leg ->> 'minutes')::integer AS minutes
    FROM jsonb_array_elements($2) AS leg
  ), locked AS (
    SELECT id, minutes FROM (
      SELECT id FROM exchange WHERE community_id = $1 AND id IN (SELECT exchange FROM leg)
      ORDER BY id FOR NO KEY UPDATE
    ) AS exchange JOIN leg ON leg.exchange = id
  ), moved AS (
    UPDATE exchange SET status = 'settled', version = version + 1 FROM locked
    WHERE community_id = $1 AND exchange.id = locked.id
    RETURNING exchange.id, version, receiver_id, locked.minutes
  ), event AS (
    INSERT INTO exchange_event (community_id, exchange_id, version, at, member_id, kind, minutes)
    SELECT $1, id, version, now(), receiver_id, 'reported', minutes FROM moved RETURNING version
  )
  SELECT posted.* FROM (SELECT count(*) AS events FROM event) AS counted,
    LATERAL post_transfers($1, CASE WHEN events >= 0 THEN $2::jsonb END) AS posted`;

/** Creates the exchanges of legs that name none. */
async function withExchanges(books: Books, legs: LegOf[]): Promise<string> {
  const named = legs.map((leg) => ({ ...leg, exchange: leg.exchange ?? leg.id }));
  for (const { id, exchange, debit, credit } of named) {
    if (exchange === id && debit !== credit) await makeExchange(books, credit, debit, 60, id);
  }
  return JSON.stringify(named);
}

/** Calls a function of the books, with the event that authorizes it. */
export async function call(
  client: Pick<PoolClient, "query">,
  books: Books,
  [name, ...values]: Call,
) {
  const { community } = books;
  if (name === "post_transfer") {
    const [id, , debit, credit, , exchange] = values.map(String);
    if (exchange === id) await makeExchange(books, credit ?? "", debit ?? "", 60, id);
    return client.query(SETTLE, [community, ...values, new Date()]);
  }
  if (name === "reverse_transfer") return client.query(UNDO, [community, ...values]);
  if (name === "release_hold") return client.query(RELEASE, [community, ...values]);
  if (name === "post_transfers") {
    const legs = await withExchanges(books, JSON.parse(String(values[0])));
    return client.query(SETTLE_ALL, [community, legs]);
  }
  if (name === "post_transfers_alone") {
    return client.query("SELECT * FROM post_transfers($1, $2)", [community, ...values]);
  }
  if (name === "post_transfer_alone") {
    const settlement = "SELECT post_transfer($1, $2, 'exchange', $3, $4, $5, $6)";
    return client.query(settlement, [community, ...values]);
  }
  if (name === "release_hold_alone") {
    return client.query("SELECT release_hold($1, $2)", [community, ...values]);
  }
  const places = ["", ...values].map((_, index) => `$${index + 1}`).join(", ");
  return client.query(`SELECT * FROM ${name}(${places})`, [community, ...values]);
}

/** A transfer between two accounts, with an exchange of its own. */
export const post = (debit: string, credit: string, minutes = 60, id = v7()): Call => [
  ...(["post_transfer", id, "exchange", debit, credit, minutes, id] as const),
];
export const settle = (
  exchange: string,
  debit: string,
  credit: string,
  minutes = 60,
  id = v7(),
): Call => [...(["post_transfer", id, "exchange", debit, credit, minutes, exchange] as const)];
export const promise = (exchange: string, debit: string, credit: string, minutes = 60): Call => [
  ...(["place_hold", exchange, debit, minutes, credit] as const),
];
export const release = (exchange: string): Call => ["release_hold", exchange];
export const undo = (transfer: string, id = v7()): Call => ["reverse_transfer", id, transfer];
export const close = (account: string): Call => ["close_account", account];
export const postAll = (...legs: LegOf[]): Call => ["post_transfers", JSON.stringify(legs)];

/**
 * Waits until `count` connections of this file's database wait for a lock, or the work has ended without
 * waiting.
 */
export async function untilLocksWait(count: number, work: Promise<unknown>): Promise<void> {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  work.then(end, end);
  while (!isOver && (await waitingForLocks()) < count);
}

/** The number of connections of this file's database that wait for a lock. */
export async function waitingForLocks(): Promise<number> {
  const { rows } = await owner().query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows[0]?.count ?? 0;
}

/** Waits until the connection waits for a lock, or its work has ended. */
async function untilWaiting(client: PoolClient, work: Promise<unknown>): Promise<void> {
  const { processID } = client as PoolClient & { processID: number };
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  work.then(end, end);
  while (!isOver) {
    const { rows } = await owner().query<{ waits: boolean }>(
      "SELECT cardinality(pg_blocking_pids($1)) > 0 AS waits",
      [processID],
    );
    if (rows[0]?.waits) return;
  }
}

/**
 * Keeps the first transaction open until the second call waits for it (or has ended), runs `look` and commits.
 * @returns the result of the second call: its SQLSTATE or "accepted"
 */
export async function second(
  books: Books,
  {
    first,
    then,
    look,
  }: {
    first: (client: PoolClient) => Promise<unknown>;
    then: Call;
    look?: () => Promise<void>;
  },
): Promise<string> {
  // The application may not close accounts.
  const role = then[0] === "close_account" ? owner() : app();
  const [one, other] = [await owner().connect(), await role.connect()];
  try {
    await one.query("BEGIN");
    await first(one);
    const attempt = state(call(other, books, then));
    await untilWaiting(other, attempt);
    await look?.();
    await one.query("COMMIT");
    return await attempt;
  } finally {
    await one.query("ROLLBACK");
    one.release();
    other.release();
  }
}
export const secondAfter = (books: Books, first: Call, then: Call) =>
  second(books, { first: (client) => call(client, books, first), then });
/** Runs the calls one after the other, each in its own transaction. */
export const done = async (books: Books, ...calls: Call[]) => {
  const client = await app().connect();
  for (const one of calls) await call(client, books, one);
  client.release();
};
