/** Concurrent and random sequences of operations leave the books without violations. */
import fc from "fast-check";
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import {
  A,
  accountOf,
  at,
  B,
  C,
  hold,
  makeBooks,
  makeExchange,
  post,
  release,
  reverse,
  state,
  violations,
} from "./testing/books";
import { app } from "./testing/pools";
import { call, postAll } from "./testing/waiting";

describe("concurrent operations", () => {
  it("respects the floor in 300 concurrent transfers, without deadlocks or gaps in the versions", async () => {
    const books = await makeBooks(4, -120);
    const one = (index: number) => at(books, index % 4);
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, index) => {
        const from = (index * 7) % 4;
        const to = (from + 1 + (index % 3)) % 4;
        return state(
          post(books, { debit: one(from), credit: one(to), minutes: 15 * (1 + (index % 5)) }),
        );
      }),
    );
    expect(new Set(answers)).toEqual(new Set(["accepted", "EH001"]));
    for (const id of books.accounts)
      expect((await accountOf(books, id)).balance).toBeGreaterThanOrEqual(-120);
    expect(await violations(books)).toEqual([]);
  });

  it("completes concurrent operations of every kind without a deadlock", async () => {
    const books = await makeBooks(4, -300);
    const one = (index: number) => at(books, index % 4);
    const exchanges = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        makeExchange(books, one(index), one(index + 1 + (index % 3)), 15),
      ),
    );
    const transfers = await Promise.all(
      [A, B, C].map(async (index) => {
        const id = v7();
        await post(books, { id, debit: one(index), credit: one(index + 1), minutes: 15 });
        return id;
      }),
    );
    const answers = await Promise.all(
      Array.from({ length: 240 }, (_, index) => {
        // Each round is one of each kind, the first three on the same exchange.
        const round = Math.floor(index / 6);
        const which = round % 12;
        const exchange = exchanges[which] ?? "";
        const [credit, debit] = [one(which), one(which + 1 + (which % 3))];
        const legs = [1, 2].map((step) => ({
          id: v7(),
          kind: "exchange",
          debit: one(round + step),
          credit: one(round + 2 * step + 1),
          minutes: 15,
        }));
        const moves = [
          () => hold(books, exchange, debit, credit, 15),
          () => post(books, { debit, credit, minutes: 15, exchange }),
          () => release(books, exchange),
          () => reverse(books, v7(), transfers[round % 3] ?? ""),
          () => post(books, { debit: one(round), credit: one(round + 3), minutes: 15 }),
          () => call(app(), books, postAll(...legs)),
        ];
        return state(moves[index % moves.length]?.() ?? Promise.reject(new Error("no move")));
      }),
    );
    const refusals = ["EH001", "EH005", "EH006", "EH007", "EH008", "EH009"];
    expect(answers.filter((answer) => ![...refusals, "accepted"].includes(answer))).toEqual([]);
    const { rows } = await app().query(
      `SELECT count(*) FILTER (WHERE kind = 'reversal')::integer AS reversals,
         count(*) FILTER (WHERE kind = 'exchange') > 0 AS settled,
         count(*) FILTER (WHERE kind = 'exchange') > 12 AS moved
       FROM transfer WHERE community_id = $1`,
      [books.community],
    );
    expect(rows).toEqual([{ reversals: 3, settled: true, moved: true }]);
    expect(await violations(books)).toEqual([]);
  });

  it("matches a model after random sequences of operations", async () => {
    const operation = fc.record({
      kind: fc.constantFrom("post", "hold", "settle", "release", "reverse"),
      from: fc.nat(2),
      step: fc.integer({ min: 1, max: 2 }),
      minutes: fc.integer({ min: 1, max: 300 }),
      pick: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 25 }), async (operations) => {
        const books = await makeBooks(3, -400);
        const balance = [0, 0, 0];
        const held = [0, 0, 0];
        const get = (list: number[], index: number) => list[index] ?? 0;
        const move = (from: number, to: number, minutes: number) => {
          balance[from] = get(balance, from) - minutes;
          balance[to] = get(balance, to) + minutes;
        };
        const holds: { exchange: string; from: number; to: number; minutes: number }[] = [];
        const done: { id: string; from: number; to: number; minutes: number; reversed: boolean }[] =
          [];
        for (const { kind, from, step, minutes, pick } of operations) {
          const to = (from + step) % 3;
          const free = get(balance, from) - get(held, from) + 400;
          const open = holds[pick % Math.max(1, holds.length)];
          const old = done[pick % Math.max(1, done.length)];
          if (kind === "post") {
            const id = v7();
            const answer = await state(
              post(books, { id, debit: at(books, from), credit: at(books, to), minutes }),
            );
            expect(answer).toBe(minutes <= free ? "accepted" : "EH001");
            if (answer === "accepted") {
              move(from, to, minutes);
              done.push({ id, from, to, minutes, reversed: false });
            }
          } else if (kind === "hold") {
            const exchange = await makeExchange(books, at(books, to), at(books, from), minutes);
            const answer = await state(
              hold(books, exchange, at(books, from), at(books, to), minutes),
            );
            expect(answer).toBe(minutes <= free ? "accepted" : "EH001");
            if (answer !== "accepted") continue;
            held[from] = get(held, from) + minutes;
            holds.push({ exchange, from, to, minutes });
          } else if (kind === "release" && open) {
            await release(books, open.exchange);
            held[open.from] = get(held, open.from) - open.minutes;
            holds.splice(holds.indexOf(open), 1);
          } else if (kind === "settle" && open) {
            const over = Math.max(0, minutes - open.minutes);
            const room = get(balance, open.from) - get(held, open.from) + 400;
            const id = v7();
            const answer = await state(
              post(books, {
                id,
                debit: at(books, open.from),
                credit: at(books, open.to),
                minutes,
                exchange: open.exchange,
              }),
            );
            expect(answer).toBe(over <= 0 || over <= room ? "accepted" : "EH001");
            if (answer !== "accepted") continue;
            held[open.from] = get(held, open.from) - open.minutes;
            move(open.from, open.to, minutes);
            done.push({ id, from: open.from, to: open.to, minutes, reversed: false });
            holds.splice(holds.indexOf(open), 1);
          } else if (kind === "reverse" && old) {
            const answer = await state(reverse(books, v7(), old.id));
            expect(answer).toBe(old.reversed ? "EH009" : "accepted");
            if (!old.reversed) move(old.to, old.from, old.minutes);
            old.reversed = true;
          }
        }
        for (const index of [A, B, C]) {
          expect(await accountOf(books, at(books, index))).toMatchObject({
            balance: get(balance, index),
            held: get(held, index),
          });
        }
        expect(await violations(books)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
