/**
 * What a proof is: a claim about the product, a way to attack it with as many attempts as one
 * likes, and a bug that shows that the attack would have found it.
 */

/** How much a proof does: attempts, rounds, sequences. */
export type Counts = Record<string, number>;
/** What happened, for the closing table. */
export type Figures = Record<string, number | string>;

export type Run<C extends Counts = Counts> = {
  counts: C;
  /** All chance comes from it; the same seed does the same again. */
  seed: number;
  /** The bug is to be planted: the run must end with `Broken`. */
  planted: boolean;
  /** A line of progress. */
  say: (line: string) => void;
  /** Done when the proof ends, however it ends; last come, first done. */
  atEnd: (work: () => unknown) => void;
};

export type Proof<C extends Counts = Counts> = {
  name: string;
  /** One sentence: what holds when the run ends well. */
  claim: string;
  /** For `npm run prove`. */
  long: C;
  /** For `npm test`. */
  short: C;
  /** The bug that is planted, in words, and how much it takes to find it. */
  bug: { name: string; counts: C };
  /** @throws Broken when the claim does not hold, Idle when the run could not have shown it */
  run(run: Run<C>): Promise<Figures>;
};

/** The claim does not hold. */
export class Violated extends Error {
  override name = "Broken";
}

/** The run proves nothing: what it was to survive never happened. */
export class Inconclusive extends Error {
  override name = "Idle";
}

/** @throws Broken with the sentence, unless it is so */
export function check(isSo: unknown, sentence: string): asserts isSo {
  if (!isSo) throw new Violated(sentence);
}

/** @throws Idle with the sentence, unless it happened */
export function exercised(isSo: unknown, sentence: string): asserts isSo {
  if (!isSo) throw new Inconclusive(sentence);
}

/** Numbers from 0 to below 1 that follow from the seed (mulberry32). */
export function chanceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
