/** check_books finds every kind of damage, and reports nothing in intact books. */
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import {
  A,
  at,
  B,
  C,
  decideLimits,
  hold,
  makeBooks,
  makeExchange,
  post,
  reverse,
  violations,
  welcome,
} from "./testing/books";
import { damages, type Scene } from "./testing/damages";
import { app, owner } from "./testing/pools";

/**
 * One of each kind of row that can be damaged: a settled exchange, a hold on the debit account, a reversed
 * transfer, and a guest with a welcome credit.
 */
async function makeScene(): Promise<Scene> {
  const books = await makeBooks(4);
  const [debit, credit, other, guest] = [at(books, A), at(books, B), at(books, C), at(books, 3)];
  const settled = await makeExchange(books, credit, debit);
  await hold(books, settled, debit, credit, 60);
  await post(books, { debit, credit, minutes: 60, exchange: settled });
  await hold(books, await makeExchange(books, credit, debit), debit, credit, 60);
  const mistake = v7();
  await post(books, { id: mistake, debit: other, credit, minutes: 30 });
  await reverse(books, v7(), mistake);
  await welcome(books, guest, 30);
  await decideLimits(books, guest, -45, 60);
  await decideLimits(books, guest, -30, 120);
  return { books, debit, credit, other, guest };
}

describe("check_books", () => {
  it("reports no violation in books that only the ledger functions wrote", async () => {
    const { books } = await makeScene();
    expect(await violations(books)).toEqual([]);
    expect((await app().query("SELECT * FROM check_books()")).rows).toEqual([]);
  });

  it.each(damages)("reports damage by the owner: %s", async (_, damage, found, detail) => {
    const scene = await makeScene();
    const untouched = await makeBooks(0);
    const client = await owner().connect();
    try {
      await client.query("BEGIN");
      // In which the details contain times.
      await client.query("SET LOCAL timezone = 'UTC'");
      for (const table of ["transfer", "account", "hold", "vouch", "limit_decision"])
        await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      await client.query(damage(scene));
      const check = async (community?: string) =>
        (await client.query("SELECT violation, detail FROM check_books($1)", [community])).rows;
      const expected = { violation: found, detail: detail ?? expect.any(String) };
      expect(await check(scene.books.community)).toContainEqual(expected);
      expect(await check()).toContainEqual(expected);
      expect(await check(untouched.community)).toEqual([]);
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
    expect(await violations(scene.books)).toEqual([]);
  });
});
