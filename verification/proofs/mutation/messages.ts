/** Messages between a tester and its Vitest process, as lines of JSON. */

/** Runs a test file in a database until a test fails. */
export type Trial = {
  /** The name of the database. */
  copy: string;
  /** Relative to the repository. */
  file: string;
  /** The ids of the tests to run; all without it. */
  only?: string[] | undefined;
};

export type Test = { id: string; name: string };

/** `failed` is null when no test failed; `trouble` is an error outside the tests. */
export type TrialResult = { failed: Test | null; trouble: string | null };
