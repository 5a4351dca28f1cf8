/** Which rows the functions lock, and in which order: exchanges, their holds, then accounts by id. */
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { A, at, B, type Books, C, makeBooks, makeExchange, welcome } from "./testing/books";
import { app, owner } from "./testing/pools";
import {
  type Call,
  call,
  done,
  post,
  postAll,
  promise,
  release,
  second,
  undo,
  waitingForLocks,
} from "./testing/waiting";

const D = 3;
type Row = [table: "account" | "exchange" | "hold", id: string];
const account = (id: string): Row => ["account", id];

/** A leg of post_transfers; with an exchange, its settlement. */
const leg = (debit: string, credit: string, exchange?: string) => ({
  id: v7(),
  kind: "exchange",
  debit,
  credit,
  minutes: 15,
  exchange,
});

/** The function by itself, without what comes before it in one statement: what it locks, and when. */
const alone = (legs: object[]): Call => ["post_transfers_alone", JSON.stringify(legs)];

const keyOf = (table: string) => (table === "hold" ? "exchange_id" : "id");

/** Whether no transaction has the row locked, except by a reference to it. */
const isFree = async (books: Books, [table, id]: Row) => {
  const { rowCount } = await owner().query(
    `SELECT 1 FROM ${table} WHERE community_id = $1 AND ${keyOf(table)} = $2 FOR NO KEY UPDATE SKIP LOCKED`,
    [books.community, id],
  );
  return rowCount === 1;
};

async function expectFree(books: Books, rows: Row[]) {
  for (const row of rows) expect([row, await isFree(books, row)]).toEqual([row, true]);
}

/** Expects the call to wait for a locked row, and the other rows to be free meanwhile. */
const whileWaitingFor = ([table, id]: Row, books: Books, then: Call, free: Row[]) =>
  second(books, {
    first: (client) =>
      // As the functions lock accounts; a new exchange refers to them meanwhile.
      client.query(`SELECT 1 FROM ${table} WHERE ${keyOf(table)} = $1 FOR NO KEY UPDATE`, [id]),
    then,
    look: async () => {
      expect([then[0], table, await waitingForLocks()]).toEqual([then[0], table, 1]);
      await expectFree(books, free);
    },
  });

const sorted = (...ids: string[]): string[] => [...ids].sort();

describe("locks", () => {
  it("locks the account with the lower id first, as debit or as credit", async () => {
    const books = await makeBooks(2);
    const [low = "", high = ""] = sorted(...books.accounts);
    for (const [debit, credit] of [
      [low, high],
      [high, low],
    ] as const) {
      const exchange = await makeExchange(books, credit, debit);
      const mistake = v7();
      await done(books, post(debit, credit, 15, mistake));
      const calls = [
        post(debit, credit),
        promise(exchange, debit, credit),
        undo(mistake),
        postAll(leg(debit, credit)),
      ];
      for (const one of calls) await whileWaitingFor(account(low), books, one, [account(high)]);
    }
  });

  it("locks the rows of all legs before the first transfer, in any order of the legs", async () => {
    const books = await makeBooks(4);
    const [one = "", two = "", three = "", four = ""] = sorted(...books.accounts);
    const others = [two, three, four].map(account);

    const [early = "", late = ""] = sorted(v7(), v7());
    for (const id of [early, late]) await makeExchange(books, one, two, 15, id);
    const legs = [leg(three, four), leg(two, one, late), leg(two, one, early)];
    await whileWaitingFor(["exchange", early], books, alone(legs), [
      ["exchange", late],
      account(one),
      ...others,
    ]);

    const [first = "", next = ""] = sorted(v7(), v7());
    for (const id of [first, next]) {
      await makeExchange(books, one, two, 15, id);
      await done(books, promise(id, two, one, 15));
    }
    const settling = [leg(three, four), leg(two, one, next), leg(two, one, first)];
    await whileWaitingFor(["hold", first], books, alone(settling), [
      ["hold", next],
      account(one),
      ...others,
    ]);

    for (const last of [leg(four, one), leg(one, four)])
      await whileWaitingFor(account(one), books, postAll(leg(two, three), last), others);
  });

  it("waits for the exchange, and then for its hold, before it locks accounts", async () => {
    const books = await makeBooks(2);
    const [debit, credit] = [at(books, A), at(books, B)];
    const exchange = await makeExchange(books, credit, debit);
    await done(books, promise(exchange, debit, credit));
    const accounts = [account(debit), account(credit)];
    const settling: Call = ["post_transfer_alone", v7(), debit, credit, 60, exchange];
    for (const one of [settling, promise(exchange, debit, credit)]) {
      await whileWaitingFor(["exchange", exchange], books, one, [["hold", exchange], ...accounts]);
      await whileWaitingFor(["hold", exchange], books, one, accounts);
    }
  });

  it("does not lock the fund for help between members who are both vouched for", async () => {
    const books = await makeBooks(2);
    const [debit, credit] = [at(books, A), at(books, B)];
    for (const id of [debit, credit]) await welcome(books, id, 0);
    const client = await owner().connect();
    try {
      await client.query("BEGIN");
      await client.query("SELECT 1 FROM account WHERE id = $1 FOR NO KEY UPDATE", [
        books.community,
      ]);
      await done(books, post(debit, credit));
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });

  it("locks no row of other exchanges and accounts", async () => {
    const books = await makeBooks(4);
    const [debit, credit, other, another] = [
      at(books, A),
      at(books, B),
      at(books, C),
      at(books, D),
    ];
    const bystander = await makeExchange(books, other, another);
    const exchange = await makeExchange(books, credit, debit);
    const fresh = await makeExchange(books, credit, debit);
    const mistake = v7();
    await done(
      books,
      promise(bystander, another, other),
      promise(exchange, debit, credit),
      post(debit, credit, 15, mistake),
    );
    const calls = [
      post(debit, credit),
      promise(fresh, debit, credit),
      undo(mistake),
      release(exchange),
      postAll(leg(debit, credit)),
      postAll(leg(debit, credit, exchange)),
    ];
    for (const one of calls) {
      const client = await app().connect();
      try {
        await client.query("BEGIN");
        await call(client, books, one);
        await expectFree(books, [
          account(other),
          account(another),
          ["exchange", bystander],
          ["hold", bystander],
        ]);
      } finally {
        await client.query("ROLLBACK");
        client.release();
      }
    }
  });
});
