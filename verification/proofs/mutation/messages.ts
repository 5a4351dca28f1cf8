/** Messages between the proof and its workers. */

/** Asks a worker to create a mutant and to run the tests until one fails. */
export type Task = {
  sql: string;
  undo?: string;
  /** Paths of test files in the order in which to run them. */
  files: string[];
};

export type Catch = { file: string; test: string };

export type Answer =
  | { kind: "ready"; files: string[] }
  /** `caught` is null when every test passed. */
  | { kind: "done"; caught: Catch | null; filesRun: number }
  | { kind: "trouble"; sentence: string };
