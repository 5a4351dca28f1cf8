import { exercised, type Run } from "../proof";
import { equivalents } from "./equivalents";
import { inOrder } from "./likely";
import type { Catch } from "./messages";
import type { Mutation } from "./mutation";
import type { Tester } from "./tester";

export type Outcome = Mutation & { caught: Catch | null };

/** Test files that an equivalent mutant is tried on. */
const LOOK = 5;
/** Between two lines of progress. */
const PROGRESS_MS = 10_000;

/**
 * Runs the tests against each mutant, the likeliest files first, until one fails.
 * @param files number of files to try for each mutant; 0 for all
 * @throws Inconclusive when a file fails without any mutation
 */
export async function hunt(
  mutations: Mutation[],
  testers: Tester[],
  { files: limit, say }: { files: number } & Pick<Run, "say">,
): Promise<Outcome[]> {
  const filesFor = (mutation: Mutation) => {
    const files = inOrder(mutation, testers[0]?.files ?? []);
    // Equivalent mutants are expected to survive, so a few files suffice.
    const most = mutation.name in equivalents ? LOOK : limit || files.length;
    return files.slice(0, most);
  };
  // A flaky or failing test proves nothing: each file that caught a mutant runs once more without one.
  const sound = new Map<string, Promise<void>>();
  const requireSound = ({ file, test }: Catch, tester: Tester) => {
    const known = sound.get(file + test);
    if (known) return known;
    const trial = tester.test({ sql: "SELECT 1", files: [file] }).then(({ caught }) => {
      exercised(!caught, `${file} fails without any mutation: ${caught?.test}`);
    });
    sound.set(file + test, trial);
    return trial;
  };

  const outcomes: Outcome[] = [];
  let said = performance.now();
  const tryOut = async (mutation: Mutation, tester: Tester) => {
    const { sql, undo } = mutation;
    const { caught } = await tester.test({ sql, undo, files: filesFor(mutation) });
    if (caught) await requireSound(caught, tester);
    else if (!(mutation.name in equivalents)) say(`not noticed: ${mutation.name}`);
    outcomes.push({ ...mutation, caught });
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
  // Mutations of the whole server would affect the other worker's tests, so they run alone.
  const [tester] = testers;
  for (const mutation of mutations.filter(({ undo }) => undo !== undefined)) {
    if (tester) await tryOut(mutation, tester);
  }
  return outcomes;
}
