/** Random steps. Their numbers select operation, object and member when the step is played. */
import fc from "fast-check";

export type Step = {
  op: (typeof ops)[number];
  /** Selectors. */
  a: number;
  b: number;
  c: number;
  minutes: number;
  /** Below 8: an operation that the rules permit now; otherwise any operation. */
  aim: number;
};

const ops = [
  "post",
  "postAll",
  "reverse",
  "hold",
  "release",
  "settle",
  "limit",
  "vouch",
  "close",
  "open",
  "propose",
  "record",
  "time",
  "act",
] as const;

/** How often each step occurs. */
const weights: Record<string, number> = {
  post: 6,
  postAll: 3,
  reverse: 3,
  hold: 6,
  release: 3,
  settle: 5,
  limit: 2,
  vouch: 2,
  close: 1,
  open: 1,
  propose: 8,
  record: 4,
  time: 3,
  act: 30,
};

const minutes = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(15, 30, 45, 60, 90, 120, 240) },
  { weight: 1, arbitrary: fc.constantFrom(0, -15, 7, 600, 59_985, 60_000, 60_001) },
);

const choice = fc.nat(9999);

export const step: fc.Arbitrary<Step> = fc.record({
  op: fc.oneof(...ops.map((op) => ({ weight: weights[op] ?? 1, arbitrary: fc.constant(op) }))),
  a: choice,
  b: choice,
  c: choice,
  minutes,
  aim: fc.nat(9),
});

/** Sequences of a fixed length; steps removed by shrinking are null. */
export const sequence = (length: number) =>
  fc.array(fc.option(step, { freq: 1_000_000_000 }), {
    minLength: length,
    maxLength: length,
  });
