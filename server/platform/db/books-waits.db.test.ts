/** A second transaction waits for the first, and then decides on the committed state. */
import type { PoolClient } from "pg";
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import {
  A,
  accountOf,
  at,
  B,
  type Books,
  C,
  makeBooks,
  makeExchange,
  violations,
} from "./testing/books";
import {
  type Call,
  close,
  done,
  post,
  promise,
  release,
  second,
  secondAfter,
  settle,
  undo,
} from "./testing/waiting";

const D = 3;

describe("a second transaction", () => {
  it("refuses a hold after waiting for the settlement of its exchange", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const exchange = await makeExchange(books, credit, debit);
    const late = await secondAfter(
      books,
      settle(exchange, debit, credit),
      promise(exchange, debit, credit),
    );
    expect(late).toBe("EH008");
    expect(await accountOf(books, debit)).toEqual({ balance: -60, held: 0, version: 1 });
  });

  it("settles an exchange after waiting for its hold, and uses the hold", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const exchange = await makeExchange(books, credit, debit);
    const settled = await secondAfter(
      books,
      promise(exchange, debit, credit),
      settle(exchange, debit, credit),
    );
    expect(settled).toBe("accepted");
    expect(await accountOf(books, debit)).toEqual({ balance: -60, held: 0, version: 1 });
  });

  it("refuses to settle or place a hold after waiting for its release, and releases it once", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    for (const [later, answer] of [
      [settle, "EH007"],
      [promise, "EH007"],
      [release, "accepted"],
    ] as const) {
      const exchange = await makeExchange(books, credit, debit);
      await done(books, promise(exchange, debit, credit));
      const outcome = await secondAfter(books, release(exchange), later(exchange, debit, credit));
      expect([later.name, outcome]).toEqual([later.name, answer]);
      expect(await accountOf(books, debit)).toEqual({ balance: 0, held: 0, version: 0 });
    }
    expect(await violations(books)).toEqual([]);
  });

  it("refuses to release a hold after waiting for its settlement", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const exchange = await makeExchange(books, credit, debit);
    await done(books, promise(exchange, debit, credit));
    expect(await secondAfter(books, settle(exchange, debit, credit), release(exchange))).toBe(
      "EH007",
    );
    expect(await accountOf(books, debit)).toEqual({ balance: -60, held: 0, version: 1 });
  });

  it("checks a transfer, a hold and a closure against the balance after the first commit", async () => {
    const attempts: [answer: string, attempt: (exchange: string, books: Books) => Call][] = [
      ["EH001", (_, books) => post(at(books, A), at(books, C), 600)],
      ["EH001", (exchange, books) => promise(exchange, at(books, A), at(books, C), 600)],
      ["EH010", (_, books) => close(at(books, A))],
    ];
    for (const [answer, attempt] of attempts) {
      const books = await makeBooks();
      const exchange = await makeExchange(books, at(books, C), at(books, A), 600);
      const later = attempt(exchange, books);
      const outcome = await secondAfter(books, post(at(books, A), at(books, B), 15), later);
      expect([later[0], outcome]).toEqual([later[0], answer]);
      expect(await violations(books)).toEqual([]);
    }
  });

  it("posts one id once, with the same accounts or others", async () => {
    const books = await makeBooks(4);
    const id = v7();
    const first = post(at(books, A), at(books, B), 60, id);
    expect(await secondAfter(books, first, first)).toBe("accepted");
    expect(await accountOf(books, at(books, A))).toMatchObject({ balance: -60, version: 1 });
    const next = v7();
    const other = await makeExchange(books, at(books, D), at(books, C));
    const elsewhere = settle(other, at(books, C), at(books, D), 60, next);
    expect(await secondAfter(books, post(at(books, A), at(books, B), 60, next), elsewhere)).toBe(
      "EH004",
    );
  });

  it("waits for both accounts of a reversal, and for no other account", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const [one, two] = [v7(), v7()];
    await done(books, post(debit, credit, 60, one), post(debit, credit, 60, two));
    // The function alone, which does not wait for the exchange before.
    const alone: Call = ["public.reverse_transfer", v7(), one];
    expect(await secondAfter(books, undo(one), alone)).toBe("EH009");
    const lockAnother = (client: PoolClient) =>
      client.query("SELECT 1 FROM account WHERE community_id = $1 AND id = $2 FOR UPDATE", [
        books.community,
        at(books, C),
      ]);
    const look = async () => {
      expect(await accountOf(books, debit)).toMatchObject({ balance: 0 });
    };
    const then = undo(two);
    expect(await second(books, { first: lockAnother, then, look })).toBe("accepted");
  });

  it("reverses a transfer once, and uses one id for one reversal", async () => {
    const books = await makeBooks(4);
    const [one, two, three, four] = [v7(), v7(), v7(), v7()];
    await done(
      books,
      post(at(books, A), at(books, B), 60, one),
      post(at(books, C), at(books, D), 60, two),
      post(at(books, A), at(books, B), 60, three),
      post(at(books, C), at(books, D), 60, four),
    );
    expect(await secondAfter(books, undo(one), undo(one))).toBe("EH009");
    const id = v7();
    expect(await secondAfter(books, undo(two, id), undo(two, id))).toBe("accepted");
    const same = v7();
    expect(await secondAfter(books, undo(three, same), undo(four, same))).toBe("EH004");
    expect(await violations(books)).toEqual([]);
  });
});
