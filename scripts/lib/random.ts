/** Seeded random numbers, for the demo, the proofs, the benchmarks and the simulation. */
import { v7 } from "uuid";

export type Random = {
  /** From 0 up to but not including 1. */
  next: () => number;
  /** An integer from `least` to `most`, both included. */
  integer: (least: number, most: number) => number;
  /** @throws when there are no items */
  pick: <Item>(items: readonly Item[]) => Item;
  /** True with this probability. */
  happens: (probability: number) => boolean;
  /** A UUIDv7 of that time, as the application generates them. */
  id: (at: Date) => string;
};

/** mulberry32: the same seed gives the same numbers. Not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    integer,
    pick: (items) => {
      const item = items[integer(0, items.length - 1)];
      if (item === undefined) throw new Error("There are no items to pick from.");
      return item;
    },
    happens: (probability) => next() < probability,
    id: (at) =>
      v7({ msecs: at.getTime(), random: Uint8Array.from({ length: 16 }, () => integer(0, 255)) }),
  };
}
