/**
 * Ids are unique within a community only. Three communities with the same ids, as copies of one backup would be,
 * have independent books.
 */
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import {
  A,
  accountOf,
  at,
  B,
  type Books,
  C,
  closeAccount,
  decideLimits,
  hold,
  makeBooks,
  makeExchange,
  post,
  RELEASE,
  release,
  reverse,
  state,
  UNDO,
  welcome,
} from "./testing/books";
import { app, owner } from "./testing/pools";
import { postAll, call as send, settle as settleCall } from "./testing/waiting";

const X = 3;
const sorted = (count: number) => Array.from({ length: count }, () => v7()).sort();
const ids = {
  accounts: sorted(4),
  there: v7(),
  settledThere: v7(),
  heldThere: v7(),
  releasedThere: v7(),
  heldToSettle: v7(),
  heldToRelease: v7(),
  transferThere: v7(),
  transfer: v7(),
  undo: v7(),
};

/** Ours is created between two others, so that a query by id alone finds another community's row first. */
let [before, ours, after] = [{}, {}, {}] as [Books, Books, Books];
const others = () => [before, after];

const exchange = (books: Books, id: string) =>
  makeExchange(books, at(books, B), at(books, A), 60, id);
const sides = { debit: ids.accounts[A] ?? "", credit: ids.accounts[B] ?? "" };
const promise = (books: Books, id: string, minutes = 60) =>
  hold(books, id, sides.debit, sides.credit, minutes);
const limits = (books: Books, index: number, floor: number | null, ceiling: number | null) =>
  decideLimits(books, at(books, index), floor, ceiling);

/** A community in which all that ours will do has happened with other amounts, and whose limits allow no more. */
async function makeOther(): Promise<Books> {
  const books = await makeBooks(ids.accounts);
  const exchanges = [ids.there, ids.settledThere, ids.heldThere, ids.releasedThere];
  for (const id of [...exchanges, ids.heldToSettle, ids.heldToRelease]) await exchange(books, id);
  await promise(books, ids.settledThere, 30);
  await post(books, { ...sides, id: ids.settledThere, minutes: 30, exchange: ids.settledThere });
  for (const id of [ids.heldThere, ids.releasedThere, ids.heldToSettle, ids.heldToRelease])
    await promise(books, id, 15);
  await release(books, ids.releasedThere);
  await post(books, { ...sides, id: ids.transferThere, minutes: 15 });
  await post(books, { ...sides, id: ids.transfer, minutes: 15 });
  await reverse(books, ids.undo, ids.transfer);
  await limits(books, A, 0, null);
  await limits(books, B, null, 0);
  return books;
}

async function makeOurs(): Promise<Books> {
  const books = await makeBooks(ids.accounts.slice(0, X));
  for (const id of [ids.settledThere, ids.heldThere, ids.releasedThere]) await exchange(books, id);
  for (const id of [ids.heldToSettle, ids.heldToRelease]) {
    await exchange(books, id);
    await promise(books, id);
  }
  await post(books, { ...sides, id: ids.transfer, minutes: 60 });
  return books;
}

/** All rows of a community's books. */
const booksOf = async ({ community }: Books) => {
  const tables = ["account", "hold", "transfer"].map(
    async (table) =>
      (
        await owner().query(`SELECT * FROM ${table} WHERE community_id = $1 ORDER BY 2`, [
          community,
        ])
      ).rows,
  );
  return Promise.all(tables);
};

let untouched: unknown;
describe("three communities with the same ids", () => {
  it("keeps the accounts and holds of each community apart", async () => {
    before = await makeOther();
    ours = await makeOurs();
    after = await makeOther();
    untouched = await Promise.all(others().map(booksOf));
    expect(await accountOf(ours, sides.debit)).toEqual({ balance: -60, held: 120, version: 1 });
    expect(await accountOf(after, sides.debit)).toEqual(await accountOf(before, sides.debit));
  });

  it("finds no exchange, transfer or account of another community", async () => {
    const { there, heldThere, transferThere } = ids;
    const stranger = ids.accounts[X] ?? "";
    const welcome = { ...sides, kind: "welcome", exchange: null, minutes: 15 };
    expect([
      await state(post(ours, { ...sides, minutes: 15, exchange: there })),
      await state(promise(ours, there)),
      await state(release(ours, heldThere)),
      await state(reverse(ours, v7(), transferThere)),
      await state(post(ours, { ...welcome, debit: stranger })),
      await state(post(ours, { ...welcome, credit: stranger })),
      await state(decideLimits(ours, stranger, 0, null)),
      await state(closeAccount(ours, stranger)),
    ]).toEqual(Array(8).fill("EH005"));
  });

  it("locks no rows of another community", async () => {
    // The owner, since the application may not close accounts.
    const client = await owner().connect();
    const call = (question: string, ...values: unknown[]) =>
      client.query(question, [ours.community, ...values]);
    const leg = { id: v7(), kind: "exchange", ...sides, minutes: 15, exchange: ids.heldToSettle };
    try {
      await client.query("BEGIN");
      await call(UNDO, v7(), ids.transfer);
      await call(RELEASE, ids.heldToRelease);
      const { debit, credit } = sides;
      await call("SELECT place_hold($1, $2, $3, 15, $4)", ids.heldThere, debit, credit);
      await send(client, ours, postAll(leg));
      await send(client, ours, settleCall(ids.releasedThere, debit, credit, 15));
      await call("SELECT close_account($1, $2)", at(ours, C));
      const vouch = "SELECT vouch_for($1, $2, 'approved', $3, NULL, now(), NULL)";
      await call(vouch, at(ours, B), ours.desk);
      for (const { community } of others()) {
        for (const table of ["account", "exchange", "hold"]) {
          const all = `SELECT 1 FROM ${table} WHERE community_id = $1`;
          const free = await owner().query(`${all} FOR UPDATE SKIP LOCKED`, [community]);
          const { rowCount } = await owner().query(all, [community]);
          expect([table, free.rowCount]).toEqual([table, rowCount]);
        }
      }
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });

  it("holds, transfers, reverses and closes by the state of one community, and leaves the others unchanged", async () => {
    const { settledThere, releasedThere, heldToSettle, heldToRelease } = ids;
    const settle = (id: string) => post(ours, { ...sides, id, minutes: 60, exchange: id });
    await promise(ours, settledThere);
    await settle(settledThere);
    await settle(releasedThere);
    await settle(heldToSettle);
    await release(ours, heldToRelease);
    await post(ours, { ...sides, id: ids.transferThere, minutes: 45 });
    await reverse(ours, ids.undo, ids.transfer);
    await limits(ours, C, -60, 60);
    await closeAccount(ours, at(ours, C));
    expect(await accountOf(ours, sides.debit)).toEqual({ balance: -225, held: 0, version: 6 });
    expect(await accountOf(ours, sides.credit)).toEqual({ balance: 225, held: 0, version: 6 });
    expect(await Promise.all(others().map(booksOf))).toEqual(untouched);
  });

  it("reports no violations in any of them", async () => {
    // Ours has an open hold where the others have a transfer, and other minutes everywhere.
    const held = v7();
    await exchange(ours, held);
    await promise(ours, held);
    for (const books of others()) {
      await limits(books, A, null, null);
      await limits(books, B, null, null);
      await exchange(books, held);
      await post(books, { ...sides, id: held, minutes: 15, exchange: held });
    }
    expect((await app().query("SELECT * FROM check_books()")).rows).toEqual([]);
  });

  it("reports lines without an account even if another community has that account", async () => {
    const client = await owner().connect();
    try {
      await client.query("BEGIN");
      await client.query("ALTER TABLE account DISABLE TRIGGER USER");
      await client.query("ALTER TABLE account DROP CONSTRAINT account_pkey CASCADE");
      await client.query("DELETE FROM account WHERE community_id = $1 AND id = $2", [
        ours.community,
        sides.debit,
      ]);
      const { rows } = await client.query("SELECT community_id, violation FROM check_books()");
      expect(rows).toContainEqual({
        community_id: ours.community,
        violation: "lines without an account",
      });
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });
});

describe("two communities with the same ids, after a reversal in one", () => {
  it("counts the exchange as help in the other, even when all books are checked at once", async () => {
    const twins = [await makeBooks(ids.accounts), await makeBooks(ids.accounts)] as const;
    const [unchanged, undone] = twins;
    const id = v7();
    for (const books of twins) {
      await exchange(books, id);
      await post(books, { ...sides, id, minutes: 60, exchange: id });
    }
    await reverse(undone, v7(), id);
    const { rows } = await app().query(
      "SELECT violation FROM check_books() WHERE community_id = ANY ($1)",
      [twins.map(({ community }) => community)],
    );
    expect(rows).toEqual([]);
    const given = async ({ community }: Books) =>
      (
        await app().query("SELECT given FROM account WHERE community_id = $1 AND id = $2", [
          community,
          sides.credit,
        ])
      ).rows;
    expect(await given(unchanged)).toEqual([{ given: 60 }]);
    expect(await given(undone)).toEqual([{ given: 0 }]);
  });
});

describe("check_books, where another community has the same ids", () => {
  const violationsOf = async (books: Books) =>
    (
      await app().query<{ violation: string }>(
        "SELECT violation FROM check_books() WHERE community_id = $1",
        [books.community],
      )
    ).rows.map(({ violation }) => violation);

  it("reports agreed help without a hold, although the other community holds it", async () => {
    const [ours, theirs] = [await makeBooks(ids.accounts), await makeBooks(ids.accounts)];
    const id = v7();
    for (const books of [ours, theirs]) {
      await exchange(books, id);
      // What asks for a hold is the time of the agreement.
      await owner().query(
        "UPDATE exchange SET agreed_at = now() WHERE community_id = $1 AND id = $2",
        [books.community, id],
      );
    }
    await promise(theirs, id);
    expect(await violationsOf(ours)).toEqual(["agreed help is not held"]);
    expect(await violationsOf(theirs)).toEqual([]);
    await promise(ours, id);
    expect(await violationsOf(ours)).toEqual([]);
  });

  it("accepts a reversal of a transfer whose id is a welcome credit's in the other community", async () => {
    const [ours, theirs] = [await makeBooks(ids.accounts), await makeBooks()];
    const id = at(theirs, A);
    await welcome(theirs, id, 15);
    await exchange(ours, id);
    await post(ours, { ...sides, id, minutes: 60, exchange: id });
    await reverse(ours, v7(), id);
    expect(await violationsOf(ours)).toEqual([]);
  });

  it("accepts a transfer with the id of another community's account", async () => {
    const [ours, theirs] = [await makeBooks(ids.accounts), await makeBooks()];
    const id = at(theirs, A);
    await exchange(ours, id);
    await post(ours, { ...sides, id, minutes: 60, exchange: id });
    expect(await violationsOf(ours)).toEqual([]);
  });
});
