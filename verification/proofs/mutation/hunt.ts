import type { Run } from "../proof";
import { type Callers, findCallers } from "./callers";
import type { Copies } from "./copies";
import { equivalentOf } from "./equivalents";
import { inOrder } from "./likely";
import type { Test } from "./messages";
import type { Mutation } from "./mutation";
import type { Tester } from "./tester";

export type Catch = { file: string; test: string };
export type Outcome = Mutation & { caught: Catch | null; seconds: number };

/** Test files that an equivalent mutant is tried on. */
const LOOK = 3;
/** From this number of mutants on it pays to find out first which files call which functions. */
const MANY = 100;
/** Between two lines of progress. */
const PROGRESS_MS = 30_000;

const secondsSince = (began: number): number => (performance.now() - began) / 1000;

type Options = {
  testers: Tester[];
  copies: Copies;
  files: string[];
  /** Number of files to try for each mutant; 0 for all. */
  limit: number;
  report: (outcome: Outcome) => void;
} & Pick<Run, "say">;

/**
 * Runs the tests against each mutant until one fails: first those that caught other mutants of the same function,
 * then the test files, the likeliest first.
 */
export async function hunt(mutations: Mutation[], options: Options): Promise<Outcome[]> {
  const { testers, copies, files, limit, report, say } = options;
  const learned = new Learned();
  const sound = soundness(copies);
  let callers: Promise<Callers> | undefined;

  /** The files that may notice the mutation, the likeliest first. */
  async function filesFor(mutation: Mutation, tester: Tester): Promise<string[]> {
    const all = inOrder(mutation, files);
    if (equivalentOf(mutation.name) !== undefined) return all.slice(0, LOOK);
    if (limit > 0) return all.slice(0, limit);
    const name = functionOf(mutation);
    if (name === "" || mutations.length < MANY) return all;
    callers ??= findCallers(tester, copies, files, { say });
    const calling = (await callers)(name);
    return calling ? inOrder(mutation, calling) : all;
  }

  /** The first failure of the tests that caught other mutants of the function. */
  async function askLearned(mutation: Mutation, tester: Tester): Promise<Catch | null> {
    for (const { file, tests } of learned.of(mutation)) {
      const only = tests.map(({ id }) => id);
      const began = performance.now();
      const failed = await failureOf(tester, copies, { file, only, mutation });
      const seconds = secondsSince(began);
      if (!failed) continue;
      if (!(await sound(tester, file, only))) {
        // It depends on tests that are left out here.
        learned.forget(mutation, file, failed);
        continue;
      }
      learned.add(mutation, file, failed, seconds);
      return { file, test: failed.name };
    }
    return null;
  }

  async function askFiles(mutation: Mutation, tester: Tester): Promise<Catch | null> {
    for (const file of await filesFor(mutation, tester)) {
      const began = performance.now();
      const failed = await failureOf(tester, copies, { file, mutation });
      const seconds = secondsSince(began);
      if (!failed) continue;
      // A file that fails without the mutation too proves nothing.
      if (!(await sound(tester, file))) {
        say(`${file} fails without any mutation`);
        continue;
      }
      learned.add(mutation, file, failed, seconds);
      return { file, test: failed.name };
    }
    return null;
  }

  const outcomes: Outcome[] = [];
  let said = performance.now();
  const tryOut = async (mutation: Mutation, tester: Tester) => {
    const began = performance.now();
    const caught = (await askLearned(mutation, tester)) ?? (await askFiles(mutation, tester));
    if (!caught && !equivalentOf(mutation.name)) say(`not noticed: ${mutation.name}`);
    const outcome = { ...mutation, caught, seconds: secondsSince(began) };
    outcomes.push(outcome);
    report(outcome);
    if (performance.now() - said < PROGRESS_MS) return;
    said = performance.now();
    say(`${outcomes.length} of ${mutations.length} mutants`);
  };
  const queue = mutations.filter(({ undo }) => undo === undefined);
  await Promise.all(
    testers.map(async (tester) => {
      for (let next = queue.shift(); next; next = queue.shift()) await tryOut(next, tester);
    }),
  );
  // Mutations of the whole server would affect the other testers, so they run alone.
  const [tester] = testers;
  for (const mutation of mutations.filter(({ undo }) => undo !== undefined)) {
    if (tester) await tryOut(mutation, tester);
  }
  return outcomes;
}

type Attempt = { file: string; only?: string[] | undefined; mutation: Mutation | null };

/** The test that fails first, or null. @throws when the trial itself fails */
const failureOf = async (
  tester: Tester,
  copies: Copies,
  { mutation, ...trial }: Attempt,
): Promise<Test | null> =>
  copies.use(mutation?.sql ?? null, async (copy) => {
    try {
      return (await tester({ ...trial, copy })).failed;
    } finally {
      if (mutation?.undo) await copies.onServer(mutation.undo);
    }
  });

/** Whether tests pass without a mutation, at the second attempt at the latest; tried once for each selection. */
function soundness(copies: Copies) {
  const known = new Map<string, Promise<boolean>>();
  return (tester: Tester, file: string, only?: string[]): Promise<boolean> => {
    const passes = async () => !(await failureOf(tester, copies, { file, only, mutation: null }));
    const key = [file, ...(only ?? [])].join(" ");
    const answer = known.get(key) ?? passes().then((isSound) => isSound || passes());
    known.set(key, answer);
    return answer;
  };
}

/** How many files of learned tests are tried before whole files. */
const MAX_LEARNED_FILES = 3;

type Lesson = { catches: number; seconds: number; tests: Map<string, Test> };

/** The tests that caught mutants, by function. */
class Learned {
  private byFunction = new Map<string, Map<string, Lesson>>();
  private forgotten = new Set<string>();

  /** Those that caught the most for their time first. */
  of(mutation: Mutation): { file: string; tests: Test[] }[] {
    const rate = ({ catches, seconds }: Lesson) => catches / seconds;
    return [...(this.byFunction.get(functionOf(mutation)) ?? [])]
      .sort(([, one], [, other]) => rate(other) - rate(one))
      .map(([file, { tests }]) => ({ file, tests: [...tests.values()] }))
      .filter(({ tests }) => tests.length > 0)
      .slice(0, MAX_LEARNED_FILES);
  }

  /** @param seconds how long the trial took */
  add(mutation: Mutation, file: string, test: Test, seconds: number): void {
    const name = functionOf(mutation);
    if (name === "" || this.forgotten.has(name + file + test.id)) return;
    const lessons = this.byFunction.get(name) ?? new Map<string, Lesson>();
    const lesson = lessons.get(file) ?? { catches: 0, seconds: 0, tests: new Map() };
    lesson.catches += 1;
    lesson.seconds += seconds;
    lesson.tests.set(test.id, test);
    lessons.set(file, lesson);
    this.byFunction.set(name, lessons);
  }

  forget(mutation: Mutation, file: string, test: Test): void {
    const name = functionOf(mutation);
    this.forgotten.add(name + file + test.id);
    this.byFunction.get(name)?.get(file)?.tests.delete(test.id);
  }
}

/** The function or view that is mutated; "" for other mutations, of which each has a test of its own. */
const functionOf = ({ name, subject }: Mutation): string =>
  subject === "functions" || subject === "check" ? (name.split(":")[0] ?? "") : "";
