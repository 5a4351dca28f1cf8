/** An account's statement and totals, as its holder reads them. */
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import {
  A,
  at,
  B,
  type Books,
  C,
  makeBooks,
  makeExchange,
  post,
  reverse,
  welcome,
} from "../platform/db/testing/books";
import { app } from "../platform/db/testing/pools";
import { readAccount, readKindsOf } from "./account";
import { checkBooks, readStatement } from "./statement";

const settle = async (books: Books, giver: number, receiver: number, minutes: number) => {
  const exchange = await makeExchange(books, at(books, giver), at(books, receiver), minutes);
  const [debit, credit] = [at(books, receiver), at(books, giver)];
  await post(books, { id: exchange, debit, credit, minutes, exchange });
  return exchange;
};

/** A's account: 60 welcome from the fund, 30 received, 90 given, and 45 received by mistake. */
async function makeYear() {
  const books = await makeBooks();
  await welcome(books, at(books, A), 60);
  const received = await settle(books, B, A, 30);
  const given = await settle(books, A, C, 90);
  const mistake = await settle(books, B, A, 45);
  await reverse(books, v7(), mistake);
  return { books, received, given, mistake };
}

const read = async (books: Books, query: Partial<Parameters<typeof readStatement>[2]> = {}) =>
  readStatement(books.community, at(books, A), { limit: 50, ...query });

describe("the statement", () => {
  it("shows each transfer from the account's side with the balance after it, newest first", async () => {
    const { books, received, given, mistake } = await makeYear();
    const { lines, next } = await read(books);
    expect(next).toBeNull();
    expect(
      lines.map(({ version, kind, minutes, balance, exchangeId, counterpartNumber, reversed }) => [
        version,
        kind,
        minutes,
        balance,
        exchangeId,
        counterpartNumber,
        reversed,
      ]),
    ).toEqual([
      // A reversal names the exchange that it reverses.
      [5, "reversal", 45, 120, mistake, 2, false],
      [4, "exchange", -45, 75, mistake, 2, true],
      [3, "exchange", 90, 120, given, 3, false],
      [2, "exchange", -30, 30, received, 2, false],
      // The fund is no member: it has neither a name nor a number.
      [1, "welcome", 60, 60, null, null, false],
    ]);
    expect(lines[3]).toMatchObject({
      title: "T",
      category: "other",
      counterpartId: at(books, B),
      counterpartName: "M",
      counterpartRole: "member",
    });
    expect(lines[4]).toMatchObject({ title: null, counterpartId: null, counterpartName: null });
  });

  it("adds up: the balance is given minus received, plus transfers of the fund", async () => {
    const { books } = await makeYear();
    const account = await readAccount(books.community, at(books, A));
    expect(account).toMatchObject({
      balance: 120,
      totals: { given: 90, received: 30 },
      otherwise: 60,
    });
    expect(await readKindsOf(books.community, books.community)).toEqual([
      { kind: "welcome", minutes: -60 },
    ]);
    const fund = await readAccount(books.community, books.community);
    expect(fund?.balance).toBe(-60);
  });

  it("continues after each page without a gap or a repetition", async () => {
    const { books } = await makeYear();
    const versions: number[] = [];
    let before: number | undefined;
    do {
      const page = await read(books, { limit: 2, before });
      versions.push(...page.lines.map(({ version }) => version));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(versions).toEqual([5, 4, 3, 2, 1]);
  });

  it("filters by direction", async () => {
    const { books } = await makeYear();
    const minutesOf = async (direction: "in" | "out") =>
      (await read(books, { direction })).lines.map(({ minutes }) => minutes);
    expect(await minutesOf("in")).toEqual([45, 90, 60]);
    expect(await minutesOf("out")).toEqual([-45, -30]);
  });

  it("filters by time", async () => {
    const books = await makeBooks();
    const days = ["2026-01-01", "2026-02-01", "2026-03-01"].map((day) => new Date(day));
    for (const day of days) {
      const sides = { debit: at(books, B), credit: at(books, A) };
      await post(books, { ...sides, minutes: 15, when: day.toISOString() });
    }
    const versionsOf = async (query: { from?: Date; to?: Date }) =>
      (await read(books, query)).lines.map(({ version }) => version);
    expect(await versionsOf({ from: days[1] })).toEqual([3, 2]);
    expect(await versionsOf({ to: days[1] })).toEqual([2, 1]);
    expect(await versionsOf({ from: days[1], to: days[1] })).toEqual([2]);
  });

  it("shows no other account and no other community", async () => {
    const { books } = await makeYear();
    const elsewhere = await makeBooks();
    expect((await read(elsewhere)).lines).toEqual([]);
    const crossed = await readStatement(elsewhere.community, at(books, A), { limit: 50 });
    expect(crossed.lines).toEqual([]);
  });
});

describe("the totals", () => {
  it("count minutes given and received, without reversed exchanges and gifts", async () => {
    const { books } = await makeYear();
    const totals = async (id: string) => (await readAccount(books.community, id))?.totals;
    expect(await totals(at(books, A))).toEqual({ given: 90, received: 30 });
    expect(await totals(at(books, B))).toEqual({ given: 30, received: 0 });
    expect(await totals(books.community)).toEqual({ given: 0, received: 0 });
  });
});

describe("checkBooks", () => {
  it("checks one community or all", async () => {
    const { books } = await makeYear();
    expect(await checkBooks(books.community)).toEqual([]);
    await app().query("UPDATE exchange SET status = 'cancelled' WHERE community_id = $1", [
      books.community,
    ]);
    const found = await checkBooks();
    expect(found).toHaveLength(3);
    expect(found[0]).toMatchObject({
      communityId: books.community,
      violation: "exchange and transfer disagree",
      detail: "cancelled",
    });
    expect(await checkBooks(v7())).toEqual([]);
  });
});
