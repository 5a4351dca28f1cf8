/** Errors of the ledger arrive as DomainErrors, through Prisma and the restricted role. */
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { type Tx, transaction } from "../platform/db/client";
import {
  A,
  accountOf,
  at,
  B,
  type Books,
  C,
  decideLimits,
  makeBooks,
  makeExchange,
} from "../platform/db/testing/books";
import { owner } from "../platform/db/testing/pools";
import { openAccount, placeHold, postTransfer, releaseHold, reverseTransfer } from "./commands";

const ledger = (books: Books) => {
  const [communityId, debitAccountId, creditAccountId] = [
    books.community,
    at(books, A),
    at(books, B),
  ];
  const usual = { communityId, debitAccountId, creditAccountId, minutes: 60, at: new Date() };
  const run = (work: (tx: Tx) => Promise<unknown>) => transaction(work);
  /** The event that gives a transfer its authority. */
  const tell = async (
    tx: Tx,
    exchangeId: string,
    event: { kind: string; memberId?: string; minutes?: number },
  ) => {
    const { version } = await tx.exchange.update({
      where: { communityId_id: { communityId, id: exchangeId } },
      data: { status: "settled", version: { increment: 1 } },
    });
    await tx.exchangeEvent.create({
      data: { communityId, exchangeId, version, at: new Date(), ...event },
    });
  };
  return {
    welcome: (change: Partial<Parameters<typeof postTransfer>[1]> = {}) =>
      run((tx) => postTransfer(tx, { ...usual, id: v7(), kind: "welcome", ...change })),
    /** A movement between two accounts, by an exchange of its own. */
    post: async ({ minutes = 60, creditAccountId: credit = creditAccountId } = {}) => {
      const id = await makeExchange(books, credit, debitAccountId);
      const transfer = { ...usual, creditAccountId: credit, minutes, id, exchangeId: id };
      return run(async (tx) => {
        await tell(tx, id, { kind: "reported", memberId: debitAccountId, minutes });
        return postTransfer(tx, { ...transfer, kind: "exchange" });
      });
    },
    settle: (exchangeId: string, change: { id?: string; minutes?: number } = {}) =>
      run(async (tx) => {
        const { minutes = 60 } = change;
        await tell(tx, exchangeId, { kind: "reported", memberId: debitAccountId, minutes });
        const transfer = { ...usual, id: exchangeId, exchangeId, ...change };
        return postTransfer(tx, { ...transfer, kind: "exchange" });
      }),
    hold: (exchangeId: string, minutes = 60) =>
      run((tx) =>
        placeHold(tx, {
          communityId,
          exchangeId,
          accountId: debitAccountId,
          creditAccountId,
          minutes,
        }),
      ),
    release: (exchangeId: string) =>
      run(async (tx) => {
        await tx.exchange.updateMany({
          where: { communityId, id: exchangeId },
          data: { status: "cancelled" },
        });
        return releaseHold(tx, { communityId, exchangeId });
      }),
    reverse: (reversesId: string, id = v7()) =>
      run(async (tx) => {
        const exchanges = await tx.exchange.count({ where: { communityId, id: reversesId } });
        if (exchanges > 0) await tell(tx, reversesId, { kind: "reversed" });
        return reverseTransfer(tx, { communityId, id, reversesId });
      }),
    limit: (id: string, floor: number, ceiling: number | null = null) =>
      decideLimits(books, id, floor, ceiling),
    open: (id: string, kind: "member" | "fund") =>
      run((tx) => openAccount(tx, { communityId, id, kind })),
  };
};

describe("the ledger", () => {
  it("transfers, holds, releases and reverses", async () => {
    const books = await makeBooks();
    const { settle, hold, release, reverse } = ledger(books);
    const first = await makeExchange(books, at(books, B), at(books, A));
    await hold(first);
    await settle(first);
    await settle(first);
    const second = await makeExchange(books, at(books, B), at(books, A));
    await hold(second);
    expect(await accountOf(books, at(books, A))).toEqual({ balance: -60, held: 60, version: 1 });
    await release(second);
    await reverse(first);
    expect(await accountOf(books, at(books, A))).toEqual({ balance: 0, held: 0, version: 2 });
  });

  it("reports the minutes that are still available", async () => {
    const books = await makeBooks();
    const { post, hold, limit } = ledger(books);
    const exchange = await makeExchange(books, at(books, B), at(books, A));
    await post({ minutes: 30 });
    const floor = { code: "floorReached", values: { available: 570 } };
    await expect(post({ minutes: 600 })).rejects.toMatchObject(floor);
    await expect(hold(exchange, 600)).rejects.toMatchObject(floor);
    await limit(at(books, B), -600, 75);
    const ceiling = { code: "ceilingReached", values: { available: 45 } };
    await expect(post({ minutes: 60 })).rejects.toMatchObject(ceiling);
    await expect(hold(exchange, 60)).rejects.toMatchObject(ceiling);
  });

  it("translates each refusal into its own error code", async () => {
    const books = await makeBooks();
    const { post, welcome, settle, hold, release, reverse } = ledger(books);
    const exchange = await makeExchange(books, at(books, B), at(books, A));
    const released = await makeExchange(books, at(books, B), at(books, A));
    await settle(exchange);
    await hold(released);
    await release(released);
    await owner().query("UPDATE account SET closed_at = now() WHERE id = $1", [at(books, C)]);
    const refusals: [code: string, refused: () => Promise<unknown>][] = [
      ["accountClosed", () => post({ creditAccountId: at(books, C) })],
      ["transferConflict", () => settle(exchange, { minutes: 75 })],
      ["notFound", () => welcome({ creditAccountId: v7() })],
      ["notAllowed", () => welcome()],
      ["notFound", () => reverse(v7())],
      ["minutesOutOfRange", () => post({ minutes: 60_001 })],
      ["holdNotOpen", () => settle(released)],
      ["alreadySettled", () => settle(exchange, { id: v7() })],
      ["alreadyReversed", () => reverse(exchange).then(() => reverse(exchange))],
    ];
    for (const [code, refused] of refusals) {
      await expect(refused(), code).rejects.toMatchObject({ name: "DomainError", code });
    }
  });

  it("opens an account once; a repetition changes nothing", async () => {
    const books = await makeBooks();
    const { open, limit } = ledger(books);
    await open(at(books, A), "member");
    await open(books.community, "fund");
    await limit(at(books, A), -15);
    await open(at(books, A), "member");
    await expect(ledger(books).post({ minutes: 30 })).rejects.toMatchObject({
      code: "floorReached",
    });
  });

  it("is rolled back with a use case that fails later", async () => {
    const books = await makeBooks();
    const exchange = await makeExchange(books, at(books, B), at(books, A));
    const failing = transaction(async (tx) => {
      await placeHold(tx, {
        communityId: books.community,
        exchangeId: exchange,
        accountId: at(books, A),
        creditAccountId: at(books, B),
        minutes: 60,
      });
      throw new Error("later");
    });
    await expect(failing).rejects.toThrow("later");
    expect(await accountOf(books, at(books, A))).toEqual({ balance: 0, held: 0, version: 0 });
  });
});
