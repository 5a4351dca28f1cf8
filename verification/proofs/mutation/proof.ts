import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { seededRandom } from "../../../scripts/lib/random";
import { provideAppLogin } from "../../../server/platform/db/app-login";
import { databaseAt, TEST_SECRET } from "../../../server/platform/db/testing/urls";
import { openDatabase } from "../../kit/database";
import { check, exercised, type Proof } from "../proof";
import { copiesOf, query } from "./copies";
import { equivalentOf, equivalents, withoutLine } from "./equivalents";
import { hunt, type Outcome } from "./hunt";
import { catchersIn, requireFiles } from "./likely";
import { listMutations } from "./list";
import type { Mutation } from "./mutation";
import { startTester, type Tester } from "./tester";

const TEMPLATE = "evenhour_original";
/**
 * For developing tests: a pattern of mutation names, and a file for the test that caught each. A run that finds
 * such a file continues it: it tries the mutations that the file does not contain.
 */
const { MUTATION_ONLY, MUTATION_REPORT } = process.env;
const ONLY = new RegExp(MUTATION_ONLY ?? "");
const UNKNOWN_RULE = "account_version_small";

export const proof: Proof<{ mutations: number; files: number; testers: number }> = {
  name: "mutation",
  claim:
    "Each key, reference, check, trigger, grant and condition in a function of the database fails a test when it alone is removed or weakened.",
  // 0 means all: mutations, and test files tried for each. Testers work in parallel.
  long: { mutations: 0, files: 0, testers: 2 },
  short: { mutations: 6, files: 0, testers: 1 },
  bug: {
    name: "a check of account.version that no test knows",
    counts: { mutations: 1, files: 3, testers: 1 },
  },
  async run({ counts, seed, planted, say, atEnd }) {
    const { url } = await openDatabase({ atEnd }, { settings: { track_functions: "all" } });
    if (planted)
      await query(
        url,
        `ALTER TABLE account ADD CONSTRAINT ${UNKNOWN_RULE} CHECK (version < 1000000)`,
      );
    const all = (await listMutations(url)).filter(({ name }) => ONLY.test(name));
    const gone = Object.keys(equivalents).filter(
      (name) => ONLY.test(name) && !all.some((one) => withoutLine(one.name) === name),
    );
    check(
      gone.length === 0,
      `listed as equivalent, but no such mutation exists: ${gone.join("; ")}`,
    );
    const chosen = planted
      ? all.filter(({ name }) => name.endsWith(`${UNKNOWN_RULE} dropped`))
      : choose(all, counts.mutations, seed);

    const database = new URL(url).pathname.slice(1);
    const template = databaseAt(url, TEMPLATE);
    await query(databaseAt(url, "postgres"), `CREATE DATABASE ${TEMPLATE} TEMPLATE ${database}`);
    const { username, password } = new URL(await provideAppLogin(template, TEST_SECRET));
    const login = { username, password };
    const testers: Tester[] = [];
    for (let index = 0; index < Math.min(counts.testers, chosen.length); index += 1)
      testers.push(await startTester({ atEnd }, { url: template, login }));
    const copies = copiesOf(template);
    atEnd(() => copies.end());
    const files = catchersIn();
    requireFiles(files);
    const before = reported(chosen);
    const done = new Set(before.map(({ name }) => name));
    const rest = chosen.filter(({ name }) => !done.has(name));
    const found = await hunt(rest, {
      testers,
      copies,
      files,
      limit: counts.files,
      report,
      say,
    });
    const outcomes = [...before, ...found];

    const free = outcomes.filter(({ name, caught }) => !caught && !equivalentOf(name));
    check(free.length === 0, `no test notices: ${free.map(({ name }) => name).join("; ")}`);
    const stale = outcomes.filter(({ name, caught }) => caught && equivalentOf(name));
    check(
      stale.length === 0,
      `called equivalent, yet noticed: ${stale.map(({ name }) => name).join("; ")}`,
    );
    const caught = outcomes.filter((outcome) => outcome.caught).length;
    exercised(caught > 0, "no mutant was caught");
    return {
      mutations: all.length,
      tried: outcomes.length,
      caught,
      equivalent: outcomes.length - caught,
    };
  },
};

/** A random selection without equivalent mutations, which need every test and are left to the long run. */
function choose(all: Mutation[], count: number, seed: number): Mutation[] {
  if (count === 0) return all;
  const random = seededRandom(seed).next;
  return all
    .filter(({ name }) => !equivalentOf(name))
    .map((mutation) => ({ mutation, order: random() }))
    .sort((one, other) => one.order - other.order)
    .slice(0, count)
    .map(({ mutation }) => mutation);
}

/** The outcomes of an earlier run, from its report. */
function reported(chosen: Mutation[]): Outcome[] {
  if (!MUTATION_REPORT || !existsSync(MUTATION_REPORT)) return [];
  const lines = readFileSync(MUTATION_REPORT, "utf8").trim().split("\n").filter(Boolean);
  const known = new Map(
    lines.map((line): [string, Pick<Outcome, "caught" | "seconds">] => {
      const { name, ...outcome } = JSON.parse(line);
      return [name, outcome];
    }),
  );
  return chosen.flatMap((mutation) => {
    const outcome = known.get(mutation.name);
    return outcome ? [{ ...mutation, ...outcome }] : [];
  });
}

/** Appends which test caught a mutation. */
function report({ name, caught, seconds }: Outcome): void {
  if (MUTATION_REPORT)
    appendFileSync(MUTATION_REPORT, `${JSON.stringify({ name, caught, seconds })}\n`);
}
