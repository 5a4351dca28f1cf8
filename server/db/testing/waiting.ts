/** For tests of what happens when one transaction comes while another one is open. */
import type { PoolClient } from "pg";
import { v7 } from "uuid";
import { app, owner } from "../testing";
import { type Books, state } from "./books";

export type Call = [name: string, ...values: unknown[]];
export const call = (client: PoolClient, books: Books, [name, ...values]: Call) =>
  client.query(
    `SELECT * FROM ${name}(${["", ...values].map((_, index) => `$${index + 1}`).join(", ")})`,
    [books.community, ...values],
  );

export const post = (debit: string, credit: string, minutes = 60, id = v7()): Call => [
  ...(["post_transfer", id, "welcome", debit, credit, minutes] as const),
];
export const settle = (exchange: string, debit: string, credit: string, minutes = 60): Call => [
  ...(["post_transfer", v7(), "exchange", debit, credit, minutes, exchange] as const),
];
export const promise = (exchange: string, debit: string, credit: string, minutes = 60): Call => [
  ...(["place_hold", exchange, debit, minutes, credit] as const),
];
export const release = (exchange: string): Call => ["release_hold", exchange];
export const undo = (transfer: string, id = v7()): Call => ["reverse_transfer", id, transfer];
export const close = (account: string): Call => ["close_account", account];
export const postAll = (...legs: object[]): Call => ["post_transfers", JSON.stringify(legs)];

/** Until the connection waits for a lock, or the work on it is over. */
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
 * Leaves the first transaction open until the second attempt waits for it (or is through), looks,
 * commits it and tells how the second came out.
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
  const [one, other] = [await owner().connect(), await app().connect()];
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
/** One after the other, each for good. */
export const done = async (books: Books, ...calls: Call[]) => {
  const client = await app().connect();
  for (const one of calls) await call(client, books, one);
  client.release();
};
