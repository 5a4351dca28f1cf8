/** What a part of the benchmark receives and returns. */
import type { Findings } from "./report";

export type Bench = {
  rounds: number;
  /** Length of a slice. */
  seconds: number;
  seed: number;
  /** Number of parallel clients, in every part. */
  clients: number;
  /** Requests after which the product's memory is measured. */
  requests: number;
  /** Transfers in the databases of "size". */
  sizes: number[];
  /** The folder that retains the loaded databases of "size" between runs; null for a temporary one. */
  keep: string | null;
  /** The path of a file beside the result, by extension. */
  beside: (ending: string) => string;
  /** Prints a line of progress. */
  say: (line: string) => void;
  /** Registers work for the end of the benchmark, however it ends; the last registered runs first. */
  atEnd: (work: () => unknown) => void;
};

export type Part = (bench: Bench) => Promise<Findings>;
