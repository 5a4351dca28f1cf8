/** Transfers are posted once for each id and within the limits, and are reversed once. */
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import {
  A,
  accountOf,
  at,
  B,
  C,
  closeAccount,
  decideLimits,
  hold,
  makeBooks,
  makeExchange,
  type Post,
  post,
  reverse,
  state,
  violations,
} from "./testing/books";
import { app } from "./testing/pools";
import { call, postAll } from "./testing/waiting";

describe("post_transfer", () => {
  it("posts a repeated id once, and refuses the id with other content", async () => {
    const books = await makeBooks();
    const exchange = await makeExchange(books, at(books, B), at(books, A));
    const another = await makeExchange(books, at(books, B), at(books, A));
    const transfer = { id: v7(), debit: at(books, A), credit: at(books, B), minutes: 60, exchange };
    const first = await post(books, transfer);
    expect(await post(books, transfer)).toEqual(first);
    const others = [
      { minutes: 75 },
      { credit: at(books, C) },
      { debit: at(books, C) },
      { exchange: null },
      { exchange: another },
      { kind: "welcome" },
      { debit: at(books, B), credit: at(books, A) },
    ];
    for (const change of others) {
      expect([change, await state(post(books, { ...transfer, ...change }))]).toEqual([
        change,
        "EH004",
      ]);
    }
    expect(await accountOf(books, at(books, A))).toEqual({ balance: -60, held: 0, version: 1 });
    expect(await violations(books)).toEqual([]);
  });

  it("posts an id once for 16 concurrent calls", async () => {
    const books = await makeBooks();
    const transfer = { id: v7(), debit: at(books, A), credit: at(books, B), minutes: 60 };
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => state(post(books, transfer))),
    );
    expect(new Set(answers)).toEqual(new Set(["accepted"]));
    expect(await accountOf(books, at(books, A))).toMatchObject({ balance: -60, version: 1 });
    expect(await violations(books)).toEqual([]);
  });

  it("settles an exchange with a hold once for 16 concurrent calls with different ids", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const exchange = await makeExchange(books, credit, debit);
    await hold(books, exchange, debit, credit, 60);
    const answers = await Promise.all(
      Array.from({ length: 16 }, () =>
        state(post(books, { debit, credit, minutes: 60, exchange })),
      ),
    );
    expect(answers.filter((answer) => answer === "accepted")).toHaveLength(1);
    expect(new Set(answers)).toEqual(new Set(["accepted", "EH008"]));
    expect(await accountOf(books, debit)).toEqual({ balance: -60, held: 0, version: 1 });
    expect(await violations(books)).toEqual([]);
  });

  it("settles an exchange without a hold once for 16 concurrent calls with different ids", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const exchange = await makeExchange(books, credit, debit);
    const answers = await Promise.all(
      Array.from({ length: 16 }, () =>
        state(post(books, { debit, credit, minutes: 60, exchange })),
      ),
    );
    expect(answers.filter((answer) => answer === "accepted")).toHaveLength(1);
    expect(new Set(answers)).toEqual(new Set(["accepted", "EH008"]));
    expect(await accountOf(books, debit)).toEqual({ balance: -60, held: 0, version: 1 });
    expect(await violations(books)).toEqual([]);
  });

  it("accepts one of two concurrent calls with the same id and different accounts", async () => {
    const books = await makeBooks(4);
    const id = v7();
    const sides = [
      { debit: at(books, A), credit: at(books, B) },
      { debit: at(books, C), credit: at(books, 3) },
    ];
    const answers = await Promise.all(
      sides.map(async ({ debit, credit }) => {
        const exchange = await makeExchange(books, credit, debit);
        return state(post(books, { id, debit, credit, minutes: 60, exchange }));
      }),
    );
    expect(answers.sort()).toEqual(["EH004", "accepted"]);
    expect(await violations(books)).toEqual([]);
  });

  it("refuses to settle an exchange except from its receiver to its giver", async () => {
    const books = await makeBooks();
    const exchange = await makeExchange(books, at(books, B), at(books, A));
    for (const [debit, credit] of [
      [B, A],
      [C, B],
      [A, C],
    ]) {
      const wrong = { debit: at(books, debit ?? A), credit: at(books, credit ?? A) };
      expect(await state(post(books, { ...wrong, minutes: 60, exchange }))).toBe("EH007");
    }
    expect(await violations(books)).toEqual([]);
  });

  it("refuses invalid amounts, accounts, exchanges and kinds", async () => {
    const books = await makeBooks();
    const elsewhere = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const welcome = { kind: "welcome", exchange: null, minutes: 60 };
    const cases: [Post, string][] = [
      [{ debit, credit, minutes: 0 }, "EH006"],
      [{ debit, credit, minutes: -60 }, "EH006"],
      [{ debit, credit, minutes: 60_001 }, "EH006"],
      [{ debit, credit, minutes: null }, "EH006"],
      [{ debit, credit: debit, minutes: 60 }, "EH006"],
      [{ ...welcome, debit, credit: at(elsewhere, A) }, "EH005"],
      [{ ...welcome, debit: at(elsewhere, A), credit }, "EH005"],
      [{ debit, credit, minutes: 60, exchange: v7() }, "EH005"],
      [{ debit, credit, minutes: 60, kind: "reversal" }, "EH009"],
      [{ debit, credit, minutes: 660 }, "EH001"],
      // A CHECK constraint: the kind decides which references a transfer has.
      [{ debit, credit, minutes: 60, exchange: null }, "23514"],
    ];
    for (const [transfer, expected] of cases) {
      expect([transfer, await state(post(books, transfer))]).toEqual([transfer, expected]);
    }
    expect(await accountOf(books, debit)).toMatchObject({ balance: 0, version: 0 });
  });

  it("transfers exactly to the floor and the ceiling, and refuses one more minute", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    await decideLimits(books, credit, null, 600);
    await decideLimits(books, at(books, C), -60_000, null);
    expect(await state(post(books, { debit, credit: at(books, C), minutes: 601 }))).toBe("EH001");
    expect(await state(post(books, { debit: at(books, C), credit, minutes: 601 }))).toBe("EH002");
    expect(await state(post(books, { debit, credit, minutes: 600 }))).toBe("accepted");
  });

  it("settles the held minutes to an account closed since, and refuses more", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const exchange = await makeExchange(books, credit, debit);
    await hold(books, exchange, debit, credit, 60);
    await closeAccount(books, credit);
    expect(await state(post(books, { debit, credit, minutes: 75, exchange }))).toBe("EH003");
    expect(await state(post(books, { debit, credit, minutes: 60, exchange }))).toBe("accepted");
  });

  it("refuses a transfer from or to a closed account", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    await closeAccount(books, debit);
    expect(await state(post(books, { debit, credit, minutes: 60 }))).toBe("EH003");
    expect(await state(post(books, { debit: credit, credit: debit, minutes: 60 }))).toBe("EH003");
  });

  it("stores the time that the application passes, but never a future one", async () => {
    const books = await makeBooks();
    const timeOf = async (when: string) => {
      const [debit, credit] = [at(books, A), at(books, B)];
      const { created_at } = await post(books, { debit, credit, minutes: 15, when });
      const { rows } = await app().query<{ past: boolean; exact: boolean }>(
        "SELECT $1 <= now()::timestamptz(3) AS past, $1 = $2::timestamptz AS exact",
        [created_at, when],
      );
      return rows[0];
    };
    expect(await timeOf("2026-01-01T00:00:00Z")).toEqual({ past: true, exact: true });
    expect(await timeOf("2999-01-01T00:00:00Z")).toEqual({ past: true, exact: false });
  });

  it("reports the minutes that are still available, never below zero", async () => {
    const books = await makeBooks();
    const refused = post(books, { debit: at(books, A), credit: at(books, B), minutes: 615 });
    await expect(refused).rejects.toMatchObject({ code: "EH001", detail: "600" });
    await decideLimits(books, at(books, B), null, 45);
    const above = post(books, { debit: at(books, A), credit: at(books, B), minutes: 60 });
    await expect(above).rejects.toMatchObject({ code: "EH002", detail: "45" });
    const [debit, credit] = [at(books, A), at(books, B)];
    const exchange = await makeExchange(books, credit, debit);
    await post(books, { debit, credit, minutes: 30 });
    const limit = (id: string, floor: number, ceiling: number | null) =>
      decideLimits(books, id, floor, ceiling);
    await limit(debit, 0, null);
    const attempts = [
      () => post(books, { debit, credit, minutes: 15 }),
      () => hold(books, exchange, debit, credit, 15),
    ];
    for (const attempt of attempts)
      await expect(attempt()).rejects.toMatchObject({ code: "EH001", detail: "0" });
    await limit(debit, -600, null);
    await limit(credit, -600, 15);
    for (const attempt of attempts)
      await expect(attempt()).rejects.toMatchObject({ code: "EH002", detail: "0" });
  });
});

describe("post_transfers", () => {
  it("posts all legs or none", async () => {
    const books = await makeBooks();
    const leg = (debit: number, credit: number, minutes: number) => ({
      id: v7(),
      kind: "exchange",
      debit: at(books, debit),
      credit: at(books, credit),
      minutes,
    });
    const send = (...legs: Parameters<typeof postAll>) => call(app(), books, postAll(...legs));
    expect(await state(send(leg(A, B, 60), leg(C, B, 700)))).toBe("EH001");
    expect(await accountOf(books, at(books, A))).toMatchObject({ balance: 0, version: 0 });
    await Promise.all([send(leg(A, B, 60), leg(B, C, 60)), send(leg(C, A, 15), leg(B, A, 15))]);
    expect(await accountOf(books, at(books, A))).toMatchObject({ balance: -30, version: 3 });
    const again = [leg(A, B, 30), leg(B, A, 15)];
    await send(...again);
    await send(...again);
    expect(await accountOf(books, at(books, A))).toMatchObject({ balance: -45, version: 5 });
    expect(await violations(books)).toEqual([]);
  });
});

describe("reverse_transfer", () => {
  it("reverses a transfer once, beyond the limits too, and never a reversal", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const id = v7();
    await post(books, { id, debit, credit, minutes: 600 });
    await post(books, { debit: credit, credit: at(books, C), minutes: 1200 });
    const undo = v7();
    await Promise.all([reverse(books, undo, id), reverse(books, undo, id)]);
    expect(await accountOf(books, debit)).toMatchObject({ balance: 0 });
    expect(await accountOf(books, credit)).toMatchObject({ balance: -1200 });
    expect(await state(reverse(books, v7(), id))).toBe("EH009");
    expect(await state(reverse(books, v7(), undo))).toBe("EH009");
    expect(await state(reverse(books, v7(), v7()))).toBe("EH005");
    expect(await state(reverse(books, id, id))).toBe("EH004");
    expect(await violations(books)).toEqual([]);
  });
});
