import { writeFileSync } from "node:fs";
import { Client } from "pg";
import { seededRandom } from "../../../scripts/lib/random";
import { databaseAt } from "../../../server/platform/db/testing/urls";
import { openDatabase } from "../../kit/database";
import { check, exercised, type Proof } from "../proof";
import { equivalentOf, equivalents, withoutLine } from "./equivalents";
import { hunt, type Outcome } from "./hunt";
import { listMutations } from "./list";
import type { Mutation } from "./mutation";
import { startTester } from "./tester";

/** Mutants tested in parallel, each by its own Vitest process. */
const WORKERS = 2;
const TEMPLATE = "evenhour_original";
/** For developing tests: a pattern of mutation names, and a file for the test that caught each. */
const { MUTATION_ONLY, MUTATION_REPORT } = process.env;
const ONLY = new RegExp(MUTATION_ONLY ?? "");
const UNKNOWN_RULE = "account_version_small";

export const proof: Proof<{ mutations: number; files: number }> = {
  name: "mutation",
  claim:
    "Each key, reference, check, trigger, grant and condition in a function of the database fails a test when it alone is removed or weakened.",
  // 0 means all: mutations, and test files tried for each.
  long: { mutations: 0, files: 0 },
  short: { mutations: 6, files: 0 },
  bug: {
    name: "a check of account.version that no test knows",
    counts: { mutations: 1, files: 3 },
  },
  async run({ counts, seed, planted, say, atEnd }) {
    const { url } = await openDatabase({ atEnd });
    if (planted)
      await ask(
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
    await ask(databaseAt(url, "postgres"), `CREATE DATABASE ${TEMPLATE} TEMPLATE ${database}`);
    const testers = await Promise.all(
      Array.from({ length: Math.min(WORKERS, chosen.length) }, () =>
        startTester({ atEnd }, databaseAt(url, TEMPLATE)),
      ),
    );
    const outcomes = await hunt(chosen, testers, { files: counts.files, say });
    if (MUTATION_REPORT) report(MUTATION_REPORT, outcomes);

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

async function ask(url: string, question: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(question);
  } finally {
    await client.end();
  }
}

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

/** Writes which test caught which mutation. */
const report = (file: string, outcomes: Outcome[]): void =>
  writeFileSync(file, JSON.stringify(outcomes, null, 1));
