/** What a part of the measuring gets, and gives. */
import type { Findings } from "./report";

export type Bench = {
  rounds: number;
  /** Length of a slice. */
  seconds: number;
  seed: number;
  /** How many work side by side, in every part. */
  clients: number;
  /** Requests after which the memory of the product is looked at. */
  requests: number;
  /** Transfers in the databases of "size". */
  sizes: number[];
  /** Where the loaded databases of "size" are kept between two runs; a folder that goes when null. */
  keep: string | null;
  /** The path of a file beside the result, by its ending. */
  beside: (ending: string) => string;
  /** A line of progress. */
  say: (line: string) => void;
  /** Done when the measuring ends, however it ends; last come, first done. */
  atEnd: (work: () => unknown) => void;
};

export type Part = (bench: Bench) => Promise<Findings>;
