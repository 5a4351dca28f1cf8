/** Holds count against the floor, and are settled or released once. */
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
  release,
  state,
  violations,
} from "./testing/books";
import { app } from "./testing/pools";
import { type Call, secondAfter } from "./testing/waiting";

/** The exchange of that id, as other communities may have it too. */
const make = (books: Books, giver: string, receiver: string, id: string) =>
  makeExchange(books, giver, receiver, 60, id);

describe("holds", () => {
  it("counts a hold against the floor, and settles or releases it at most once", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const first = await makeExchange(books, credit, debit, 540);
    const second = await makeExchange(books, credit, debit, 90);
    await hold(books, first, debit, credit, 540);
    await hold(books, first, debit, credit, 540);
    expect(await accountOf(books, debit)).toMatchObject({ balance: 0, held: 540 });
    expect(await state(hold(books, first, debit, credit, 30))).toBe("EH004");
    expect(await state(hold(books, first, at(books, C), credit, 540))).toBe("EH004");
    expect(await state(hold(books, second, debit, credit, 90))).toBe("EH001");
    expect(await state(post(books, { debit, credit, minutes: 75 }))).toBe("EH001");
    await release(books, first);
    await release(books, first);
    expect(await accountOf(books, debit)).toMatchObject({ held: 0 });
    expect(await state(hold(books, first, debit, credit, 540))).toBe("EH007");
    await hold(books, second, debit, credit, 90);
    await post(books, { debit, credit, minutes: 90, exchange: second });
    expect(await state(release(books, second))).toBe("EH007");
    expect(await state(release(books, v7()))).toBe("EH005");
    expect(await violations(books)).toEqual([]);
  });

  it("settles the held minutes after the limits were lowered, and checks the minutes beyond them", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const exchange = await makeExchange(books, credit, debit, 600);
    await hold(books, exchange, debit, credit, 600);
    await decideLimits(books, debit, -60, null);
    await decideLimits(books, credit, -60, 10);
    expect(await state(post(books, { debit, credit, minutes: 615, exchange }))).toBe("EH001");
    expect(await accountOf(books, debit)).toMatchObject({ balance: 0, held: 600 });
    await post(books, { debit, credit, minutes: 600, exchange });
    expect(await accountOf(books, debit)).toEqual({ balance: -600, held: 0, version: 1 });
    // Below its floor and above its ceiling: what improves either balance is never refused.
    expect(await state(post(books, { debit: credit, credit: debit, minutes: 300 }))).toBe(
      "accepted",
    );
    expect(await violations(books)).toEqual([]);
  });

  it("uses a hold only for a transfer from the account that it is on", async () => {
    const books = await makeBooks();
    const exchange = await makeExchange(books, at(books, B), at(books, A));
    await hold(books, exchange, at(books, A), at(books, B), 60);
    const stolen = post(books, {
      debit: at(books, C),
      credit: at(books, B),
      minutes: 60,
      exchange,
    });
    expect(await state(stolen)).toBe("EH007");
    // Nor does it pay for another receiver after the exchange's receiver has changed.
    await app().query("UPDATE exchange SET receiver_id = $2 WHERE id = $1", [
      exchange,
      at(books, C),
    ]);
    const passedOn = post(books, {
      debit: at(books, C),
      credit: at(books, B),
      minutes: 60,
      exchange,
    });
    expect(await state(passedOn)).toBe("EH007");
  });

  it("places a hold exactly at the floor and the ceiling, and refuses one more minute", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const exchange = await makeExchange(books, credit, debit);
    const limit = (id: string, floor: number | null, ceiling: number | null) =>
      decideLimits(books, id, floor, ceiling);
    expect(await state(hold(books, exchange, debit, credit, 601))).toBe("EH001");
    await limit(debit, -60_000, null);
    await limit(credit, null, 600);
    expect(await state(hold(books, exchange, debit, credit, 601))).toBe("EH002");
    await limit(debit, -600, null);
    expect(await state(hold(books, exchange, debit, credit, 600))).toBe("accepted");
    expect(await state(post(books, { debit, credit, minutes: 601, exchange }))).toBe("EH001");
  });

  it("refuses a hold beyond the giver's ceiling, or with a closed account", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const exchange = await makeExchange(books, credit, debit);
    await decideLimits(books, credit, null, 45);
    expect(await state(hold(books, exchange, debit, credit, 60))).toBe("EH002");
    await decideLimits(books, credit, null, null);
    await closeAccount(books, credit);
    expect(await state(hold(books, exchange, debit, credit, 60))).toBe("EH003");
    const back = await makeExchange(books, debit, credit);
    expect(await state(hold(books, back, credit, debit, 60))).toBe("EH003");
  });

  it("settles fewer minutes than the hold, or more within the floor", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    for (const [minutes, balance] of [
      [45, -45],
      [75, -120],
    ]) {
      const exchange = await makeExchange(books, credit, debit);
      await hold(books, exchange, debit, credit, 60);
      await post(books, { debit, credit, minutes: minutes ?? 0, exchange });
      expect(await accountOf(books, debit)).toMatchObject({ balance, held: 0 });
    }
    expect(await violations(books)).toEqual([]);
  });

  it("places a hold only before the settlement, from the exchange's receiver to its giver", async () => {
    const books = await makeBooks();
    const [debit, credit, other] = [at(books, A), at(books, B), at(books, C)];
    const exchange = await makeExchange(books, credit, debit);
    for (const minutes of [0, -60, 60_001, null])
      expect(await state(hold(books, exchange, debit, credit, minutes))).toBe("EH006");
    expect(await state(hold(books, exchange, debit, debit, 60))).toBe("EH006");
    expect(await state(hold(books, exchange, other, credit, 60))).toBe("EH007");
    expect(await state(hold(books, exchange, debit, other, 60))).toBe("EH007");
    expect(await state(hold(books, v7(), debit, credit, 60))).toBe("EH005");
    await post(books, { debit, credit, minutes: 60, exchange });
    expect(await state(hold(books, exchange, debit, credit, 60))).toBe("EH008");
    expect(await violations(books)).toEqual([]);
  });

  it("refuses to settle an exchange whose hold was released", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const exchange = await makeExchange(books, credit, debit);
    await hold(books, exchange, debit, credit, 60);
    await release(books, exchange);
    expect(await state(post(books, { debit, credit, minutes: 60, exchange }))).toBe("EH007");
    expect(await violations(books)).toEqual([]);
  });

  it("places one hold for concurrent calls, and either settles or releases it", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    for (let round = 0; round < 8; round += 1) {
      const exchange = await makeExchange(books, credit, debit, 15);
      const before = await accountOf(books, debit);
      const placed = await Promise.all(
        Array.from({ length: 8 }, () => state(hold(books, exchange, debit, credit, 15))),
      );
      expect(new Set(placed)).toEqual(new Set(["accepted"]));
      expect(await accountOf(books, debit)).toEqual({ ...before, held: 15 });
      const [settled, released] = await Promise.all([
        state(post(books, { debit, credit, minutes: 15, exchange })),
        state(release(books, exchange)),
      ]);
      expect([
        ["accepted", "EH007"],
        ["EH007", "accepted"],
      ]).toContainEqual([settled, released]);
      expect((await accountOf(books, debit)).held).toBe(0);
    }
    expect(await violations(books)).toEqual([]);
  });

  it("lets a concurrent transfer without a hold settle, with the hold used or refused", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    for (let round = 0; round < 8; round += 1) {
      const exchange = await makeExchange(books, credit, debit, 15);
      const answers = await Promise.all([
        state(hold(books, exchange, debit, credit, 15)),
        state(post(books, { debit, credit, minutes: 15, exchange })),
      ]);
      // If the hold is first, the transfer uses it; if the transfer is first, the hold is refused.
      expect(["accepted", "EH008"]).toContain(answers[0]);
      expect(answers[1]).toBe("accepted");
    }
    expect(await accountOf(books, debit)).toEqual({ balance: -120, held: 0, version: 8 });
    expect(await violations(books)).toEqual([]);
  });
});

describe("the authority for a hold", () => {
  const NO_AUTHORITY = "EH011";
  const say = (books: Books, id: string, version: number, kind: string, who: string) =>
    app().query(
      `INSERT INTO exchange_event (community_id, exchange_id, version, at, member_id, kind, minutes)
       VALUES ($1, $2, $3, now(), $4, $5, 60)`,
      [books.community, id, version, who, kind],
    );
  const become = (books: Books, id: string, status: string, version = 1) =>
    app().query(
      "UPDATE exchange SET status = $3::exchange_status, version = $4 WHERE community_id = $1 AND id = $2",
      [books.community, id, status, version],
    );

  it("refuses a hold before a side of the exchange has agreed", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const exchange = await makeExchange(books, credit, debit);
    const place = () => state(hold(books, exchange, debit, credit, 60));
    await become(books, exchange, "proposed");
    expect(await place()).toBe(NO_AUTHORITY);
    // The status is agreed, but the last event is another one, or another member's.
    await say(books, exchange, 2, "countered", credit);
    await become(books, exchange, "agreed", 2);
    expect(await place()).toBe(NO_AUTHORITY);
    await say(books, exchange, 3, "agreed", at(books, C));
    await become(books, exchange, "agreed", 3);
    expect(await place()).toBe(NO_AUTHORITY);
    await say(books, exchange, 4, "agreed", credit);
    await become(books, exchange, "agreed", 4);
    expect(await place()).toBe("accepted");
    expect(await accountOf(books, debit)).toMatchObject({ held: 60 });
  });

  it("refuses a hold on the events of another exchange or of another community", async () => {
    const ids = [v7(), v7(), v7()].sort();
    const [ours, theirs] = [await makeBooks(ids), await makeBooks(ids)];
    const [debit, credit] = [at(ours, A), at(ours, B)];
    const exchange = await makeExchange(ours, credit, debit);
    await make(theirs, credit, debit, exchange);
    const other = await makeExchange(ours, credit, debit);
    for (const books of [theirs, ours]) {
      await say(books, books === ours ? other : exchange, 2, "agreed", credit);
    }
    await become(ours, exchange, "agreed", 2);
    expect(await state(hold(ours, exchange, debit, credit, 60))).toBe(NO_AUTHORITY);
  });

  it("refuses to release a hold before its exchange has ended", async () => {
    const ids = [v7(), v7(), v7()].sort();
    const [ours, theirs] = [await makeBooks(ids), await makeBooks(ids)];
    const [debit, credit] = [at(ours, A), at(ours, B)];
    const exchange = await makeExchange(ours, credit, debit);
    await make(theirs, credit, debit, exchange);
    const other = await makeExchange(ours, credit, debit);
    await hold(ours, exchange, debit, credit, 60);
    // Another exchange has ended, and so has the one with the same id in another community.
    await become(ours, other, "cancelled");
    await become(theirs, exchange, "cancelled");
    const free = () =>
      state(app().query("SELECT release_hold($1, $2)", [ours.community, exchange]));
    for (const status of ["proposed", "agreed", "reported", "disputed", "settled"]) {
      await become(ours, exchange, status);
      expect([status, await free()]).toEqual([status, NO_AUTHORITY]);
    }
    expect(await accountOf(ours, debit)).toMatchObject({ held: 60 });
    await become(ours, exchange, "expired");
    expect(await free()).toBe("accepted");
  });

  it("releases a hold once for two concurrent calls", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const exchange = await makeExchange(books, credit, debit);
    await hold(books, exchange, debit, credit, 60);
    await become(books, exchange, "cancelled");
    const free: Call = ["release_hold_alone", exchange];
    expect(await secondAfter(books, free, free)).toBe("accepted");
    expect(await accountOf(books, debit)).toMatchObject({ held: 0 });
  });
});

describe("close_account", () => {
  it("closes only an account with balance zero and no hold, and does not close it a second time", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const close = (id: string) => state(closeAccount(books, id));
    const exchange = await makeExchange(books, credit, debit);
    await hold(books, exchange, debit, credit, 60);
    expect(await close(debit)).toBe("EH010");
    await post(books, { debit, credit, minutes: 60, exchange });
    expect(await close(debit)).toBe("EH010");
    expect(await close(v7())).toBe("EH005");
    const closedAt = async () =>
      (await app().query("SELECT closed_at FROM account WHERE id = $1", [at(books, C)])).rows;
    expect(await close(at(books, C))).toBe("accepted");
    const first = await closedAt();
    expect(first).not.toEqual([{ closed_at: null }]);
    expect(await close(at(books, C))).toBe("accepted");
    expect(await closedAt()).toEqual(first);
    expect(await state(post(books, { debit, credit: at(books, C), minutes: 15 }))).toBe("EH003");
    expect(await state(post(books, { debit, credit, minutes: 15 }))).toBe("accepted");
  });
});
