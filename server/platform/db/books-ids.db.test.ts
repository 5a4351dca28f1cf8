/**
 * An account's id belongs to its welcome credit: no other transfer, and no exchange, gets it. Otherwise a member
 * could settle an exchange under a newcomer's id, and the newcomer could never be welcomed.
 */
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import {
  A,
  at,
  B,
  C,
  hold,
  makeBooks,
  makeExchange,
  post,
  reverse,
  state,
  violations,
  welcome,
} from "./testing/books";
import { app } from "./testing/pools";
import { call, postAll } from "./testing/waiting";

const transferIds = async (community: string): Promise<string[]> =>
  (
    await app().query<{ id: string }>("SELECT id FROM transfer WHERE community_id = $1", [
      community,
    ])
  ).rows.map(({ id }) => id);

const open = (community: string, id: string) =>
  app().query("SELECT open_account($1, $2, 'member')", [community, id]);

describe("the id of an account", () => {
  it("is refused for the transfer of an exchange", async () => {
    const books = await makeBooks();
    const [debit, credit, newcomer] = [at(books, A), at(books, B), at(books, C)];
    const exchange = await makeExchange(books, credit, debit);
    for (const id of [newcomer, debit, credit, books.community]) {
      expect(await state(post(books, { id, debit, credit, minutes: 60, exchange }))).toBe("EH004");
      expect(await state(post(books, { id, debit, credit, minutes: 60 }))).toBe("EH004");
      const leg = { id, kind: "exchange", debit, credit, minutes: 60, exchange };
      expect(await state(call(app(), books, postAll(leg)))).toBe("EH004");
    }
    expect(await transferIds(books.community)).toEqual([]);
    await welcome(books, newcomer, 30);
    expect(await transferIds(books.community)).toEqual([newcomer]);
    expect(await violations(books)).toEqual([]);
  });

  it("is refused for a hold, which could never be settled", async () => {
    const books = await makeBooks();
    const [debit, credit, newcomer] = [at(books, A), at(books, B), at(books, C)];
    for (const id of [newcomer, debit, books.community]) {
      await makeExchange(books, credit, debit, 60, id);
      expect(await state(hold(books, id, debit, credit, 60))).toBe("EH004");
    }
    expect(await violations(books)).toEqual([]);
  });

  it("is refused for a reversal", async () => {
    const books = await makeBooks();
    const [debit, credit, newcomer] = [at(books, A), at(books, B), at(books, C)];
    const id = v7();
    await post(books, { id, debit, credit, minutes: 60 });
    for (const undo of [newcomer, debit, books.community])
      expect(await state(reverse(books, undo, id))).toBe("EH004");
    expect(await transferIds(books.community)).toEqual([id]);
    expect(await state(reverse(books, v7(), id))).toBe("accepted");
    await welcome(books, newcomer, 30);
    expect(await violations(books)).toEqual([]);
  });

  it("is no account's of the same community when a transfer or an exchange has it", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const exchange = await makeExchange(books, credit, debit);
    const [transfer, undo] = [v7(), v7()];
    await post(books, { id: transfer, debit, credit, minutes: 60, exchange });
    await reverse(books, undo, transfer);
    for (const id of [transfer, undo, exchange])
      expect(await state(open(books.community, id))).toBe("EH004");
    const { rows } = await app().query("SELECT FROM account WHERE id = ANY ($1)", [
      [transfer, undo, exchange],
    ]);
    expect(rows).toEqual([]);
  });

  it("opens again without effect after its welcome credit", async () => {
    const books = await makeBooks();
    const newcomer = at(books, C);
    await welcome(books, newcomer, 30);
    expect(await state(open(books.community, newcomer))).toBe("accepted");
    expect(await violations(books)).toEqual([]);
  });

  it("means nothing in another community", async () => {
    const [books, elsewhere] = [await makeBooks(), await makeBooks()];
    const [debit, credit] = [at(books, A), at(books, B)];
    const stranger = at(elsewhere, C);
    await makeExchange(books, credit, debit, 60, stranger);
    expect(await state(hold(books, stranger, debit, credit, 60))).toBe("accepted");
    const settled = { id: stranger, debit, credit, minutes: 60, exchange: stranger };
    expect(await state(post(books, settled))).toBe("accepted");
    const undo = at(elsewhere, B);
    expect(await state(reverse(books, undo, stranger))).toBe("accepted");
    await welcome(elsewhere, stranger, 30);
    const third = await makeBooks(0);
    expect(await state(open(third.community, stranger))).toBe("accepted");
    expect(await violations(books)).toEqual([]);
    expect(await violations(elsewhere)).toEqual([]);
  });
});
