import type { Counts, Figures } from "./proof";

/** What a proof's process reports to `npm run prove`. */
export type Result = {
  name: string;
  claim: string;
  bug: string;
  planted: boolean;
  seed: number;
  counts: Counts;
  /** "failed": the proof itself did not work. */
  outcome: "held" | "violated" | "inconclusive" | "failed";
  figures: Figures;
  sentence: string;
  seconds: number;
};

/** Whether the run ended as expected: the claim held, or the planted bug was found. */
export const isRight = ({ planted, outcome }: Result): boolean =>
  outcome === (planted ? "violated" : "held");
