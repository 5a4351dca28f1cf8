/** Counts passed and failed checks from the JSON reports of the test runners. */
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

export type Counts = { passed: number; failed: number };

const vitestShape = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  /** Test files; one that cannot be loaded has no assertions. */
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const playwrightShape = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int() }),
  errors: z.array(z.unknown()),
});

/** Counts a command as one check. @param code its exit code */
export const countsOf = (code: number): Counts =>
  code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

export function vitestCounts(file: string, code: number): Counts {
  if (!existsSync(file)) return countsOf(code);
  const report = vitestShape.parse(JSON.parse(readFileSync(file, "utf8")));
  const unloadable = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return honest(
    { passed: report.numPassedTests, failed: report.numFailedTests + unloadable.length },
    code,
  );
}

export function playwrightCounts(file: string, code: number): Counts {
  if (!existsSync(file)) return countsOf(code);
  const { stats, errors } = playwrightShape.parse(JSON.parse(readFileSync(file, "utf8")));
  return honest(
    { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length },
    code,
  );
}

/** Counts a runner that failed without a failed test (in its set-up, say) as one failure. */
const honest = (counts: Counts, code: number): Counts =>
  code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
