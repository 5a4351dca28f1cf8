/** check_books finds every kind of damage, and nothing where there is none. */
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { app, owner } from "./testing";
import {
  A,
  at,
  B,
  type Books,
  C,
  hold,
  makeBooks,
  makeExchange,
  post,
  reverse,
  violations,
} from "./testing/books";

type Scene = { books: Books; debit: string; credit: string; other: string };

/**
 * A settled exchange and a promise of the debit account, and elsewhere a transfer undone: one of
 * each thing that can be damaged.
 */
async function makeScene(): Promise<Scene> {
  const books = await makeBooks();
  const [debit, credit, other] = [at(books, A), at(books, B), at(books, C)];
  const settled = await makeExchange(books, credit, debit);
  await hold(books, settled, debit, credit, 60);
  await post(books, { debit, credit, minutes: 60, exchange: settled });
  await hold(books, await makeExchange(books, credit, debit), debit, credit, 60);
  const mistake = v7();
  await post(books, { id: mistake, debit: other, credit, minutes: 30 });
  await reverse(books, v7(), mistake);
  return { books, debit, credit, other };
}

/** What the owner does by hand once triggers are off, and what is found; all is rolled back. */
const damages: [what: string, damage: (scene: Scene) => string, found: string][] = [
  [
    "a balance",
    ({ debit }) => `UPDATE account SET balance = balance + 15 WHERE id = '${debit}'`,
    "account differs from its lines",
  ],
  [
    "hours out of nothing",
    ({ debit }) => `UPDATE account SET balance = balance + 15 WHERE id = '${debit}'`,
    "sum is not zero",
  ],
  [
    "a version",
    ({ debit }) => `UPDATE account SET version = version + 1 WHERE id = '${debit}'`,
    "account differs from its lines",
  ],
  [
    "a held amount",
    ({ debit }) => `UPDATE account SET held = held + 15 WHERE id = '${debit}'`,
    "held differs from open holds",
  ],
  [
    "the minutes of a hold",
    ({ debit }) => `UPDATE hold SET minutes = 15 WHERE account_id = '${debit}'`,
    "held differs from open holds",
  ],
  [
    "the minutes of a transfer",
    ({ debit }) => `UPDATE transfer SET minutes = 75 WHERE debit_account_id = '${debit}'`,
    "balance of a line does not follow",
  ],
  [
    "the balance of a line that pays",
    ({ debit }) => `UPDATE transfer SET debit_balance = 0 WHERE debit_account_id = '${debit}'`,
    "balance of a line does not follow",
  ],
  [
    "the balance of a line that earns",
    ({ debit }) => `UPDATE transfer SET credit_balance = 0 WHERE debit_account_id = '${debit}'`,
    "balance of a line does not follow",
  ],
  [
    "the version of a line",
    ({ debit }) => `UPDATE transfer SET debit_version = 6 WHERE debit_account_id = '${debit}'`,
    "version has a gap",
  ],
  [
    "a line on another account",
    ({ debit, other }) =>
      `UPDATE transfer SET debit_account_id = '${other}', debit_version = 3
       WHERE debit_account_id = '${debit}'`,
    "account differs from its lines",
  ],
  [
    "a missing transfer",
    ({ debit }) => `DELETE FROM transfer WHERE debit_account_id = '${debit}'`,
    "account differs from its lines",
  ],
  [
    "a settled hold without its transfer",
    ({ debit }) => `DELETE FROM transfer WHERE debit_account_id = '${debit}'`,
    "hold and transfer disagree",
  ],
  [
    "a transfer without its settled hold",
    ({ debit }) =>
      `UPDATE hold SET status = 'released' WHERE account_id = '${debit}' AND status = 'settled'`,
    "hold and transfer disagree",
  ],
  [
    "a promise of what will not happen",
    ({ debit }) =>
      `UPDATE exchange SET status = 'cancelled'
       WHERE receiver_id = '${debit}' AND status = 'agreed'`,
    "hold is open after its exchange ended",
  ],
  [
    "a transfer of nothing",
    ({ debit }) =>
      `ALTER TABLE transfer DROP CONSTRAINT transfer_minutes;
       UPDATE transfer SET minutes = 0 WHERE debit_account_id = '${debit}'`,
    "transfer is malformed",
  ],
  [
    "a transfer to oneself",
    ({ debit }) =>
      `ALTER TABLE transfer DROP CONSTRAINT transfer_two_accounts;
       UPDATE transfer SET credit_account_id = '${debit}' WHERE debit_account_id = '${debit}'`,
    "transfer is malformed",
  ],
  [
    "a transfer of another kind",
    ({ debit }) =>
      `ALTER TABLE transfer DROP CONSTRAINT transfer_exchange;
       UPDATE transfer SET kind = 'welcome' WHERE debit_account_id = '${debit}'`,
    "transfer is malformed",
  ],
  [
    "a reversal of other minutes",
    ({ other }) => `UPDATE transfer SET minutes = 15 WHERE credit_account_id = '${other}'`,
    "reversal is no mirror",
  ],
  [
    "a reversal to somebody else",
    ({ debit, other }) =>
      `UPDATE transfer SET credit_account_id = '${debit}', credit_version = 2
       WHERE credit_account_id = '${other}'`,
    "reversal is no mirror",
  ],
  [
    "a settled exchange that says otherwise",
    ({ debit }) =>
      `UPDATE exchange SET status = 'cancelled'
       WHERE receiver_id = '${debit}' AND status = 'settled'`,
    "exchange and transfer disagree",
  ],
  [
    "an exchange with another receiver",
    ({ debit, other }) =>
      `UPDATE exchange SET receiver_id = '${other}'
       WHERE receiver_id = '${debit}' AND status = 'settled'`,
    "exchange and transfer disagree",
  ],
  [
    "a missing account",
    ({ other }) =>
      `ALTER TABLE account DROP CONSTRAINT account_pkey CASCADE;
       DELETE FROM account WHERE id = '${other}'`,
    "lines without an account",
  ],
];

describe("check_books", () => {
  it("finds nothing in books that only their functions wrote", async () => {
    const { books } = await makeScene();
    expect(await violations(books)).toEqual([]);
    expect((await app().query("SELECT * FROM check_books()")).rows).toEqual([]);
  });

  it.each(damages)("finds %s by the owner's hand", async (_, damage, found) => {
    const scene = await makeScene();
    const untouched = await makeBooks(0);
    const client = await owner().connect();
    try {
      await client.query("BEGIN");
      for (const table of ["transfer", "account", "hold"])
        await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      await client.query(damage(scene));
      const check = async (community?: string) =>
        (await client.query("SELECT violation FROM check_books($1)", [community])).rows.map(
          ({ violation }) => violation,
        );
      expect(await check(scene.books.community)).toContain(found);
      expect(await check()).toContain(found);
      expect(await check(untouched.community)).toEqual([]);
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
    expect(await violations(scene.books)).toEqual([]);
  });
});
