/**
 * A proof: a claim about the product, an attack on the claim, and a planted bug that the attack must
 * find.
 */

/** The size of a run: attempts, rounds, sequences. */
export type Counts = Record<string, number>;
/** Results for the closing table. */
export type Figures = Record<string, number | string>;

export type Run<C extends Counts = Counts> = {
  counts: C;
  /** The source of all randomness: the same seed repeats the run. */
  seed: number;
  /** Whether to plant the bug, so that the run must end with `Violated`. */
  planted: boolean;
  /** Prints a line of progress. */
  say: (line: string) => void;
  /** Registers work for the end of the proof, however it ends; the last registered runs first. */
  atEnd: (work: () => unknown) => void;
};

export type Proof<C extends Counts = Counts> = {
  name: string;
  /** One sentence: what holds if the run ends well. */
  claim: string;
  /** For `npm run prove`. */
  long: C;
  /** For `npm test`. */
  short: C;
  /** The planted bug, and the counts with which the attack finds it. */
  bug: { name: string; counts: C };
  /** @throws Violated when the claim does not hold, Inconclusive when the run could not have shown it */
  run(run: Run<C>): Promise<Figures>;
};

/** The claim does not hold. */
export class Violated extends Error {
  override name = "Violated";
}

/** The run shows nothing: the situation to survive never occurred. */
export class Inconclusive extends Error {
  override name = "Inconclusive";
}

/** @throws Violated with the sentence, unless the condition holds */
export function check(isSo: unknown, sentence: string): asserts isSo {
  if (!isSo) throw new Violated(sentence);
}

/** @throws Inconclusive with the sentence, unless the situation occurred */
export function exercised(isSo: unknown, sentence: string): asserts isSo {
  if (!isSo) throw new Inconclusive(sentence);
}
