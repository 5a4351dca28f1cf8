/** Chance that falls the same way every time: the demo is one story, told from one seed. */
import { v7 } from "uuid";

export type Chance = {
  /** From 0 up to but not including 1. */
  next: () => number;
  /** A whole number from `least` to `most`, both included. */
  whole: (least: number, most: number) => number;
  pick: <Item>(items: readonly Item[]) => Item;
  /** True in `share` of the cases. */
  happens: (share: number) => boolean;
  /** An identifier of that moment, the way the application makes them. */
  id: (at: Date) => string;
};

/** mulberry32: small, fast, and good enough to shuffle neighbours. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    whole,
    pick: (items) => {
      const item = items[whole(0, items.length - 1)];
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
    happens: (share) => next() < share,
    id: (at) =>
      v7({ msecs: at.getTime(), random: Uint8Array.from({ length: 16 }, () => whole(0, 255)) }),
  };
}
