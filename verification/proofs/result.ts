import type { Counts, Figures } from "./proof";

/** What a proof in its own process tells to the one that started it. */
export type Result = {
  name: string;
  claim: string;
  bug: string;
  planted: boolean;
  seed: number;
  counts: Counts;
  /** "failed": the attack itself did not work. */
  outcome: "held" | "broken" | "idle" | "failed";
  figures: Figures;
  sentence: string;
  seconds: number;
};

/** Whether the run ended as it must: the claim holds, and a planted bug is found. */
export const isRight = ({ planted, outcome }: Result): boolean =>
  outcome === (planted ? "broken" : "held");
