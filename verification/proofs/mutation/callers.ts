/** Which test files call which functions of the database: the others cannot notice a mutant of a function. */
import type { Run } from "../proof";
import { type Copies, query } from "./copies";
import type { Tester } from "./tester";

/** The files that call a function, the fastest first; undefined for a function whose calls are not counted. */
export type Callers = (name: string) => string[] | undefined;

/** PostgreSQL does not count the calls of functions that it inlines. */
const COUNTED = `
  SELECT proname AS name FROM pg_proc JOIN pg_language AS l ON l.oid = prolang
  WHERE pronamespace = 'public'::regnamespace
    AND (lanname <> 'sql' OR proconfig IS NOT NULL OR prosecdef)`;
const CONNECTED =
  "SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";

/**
 * Runs each file once without a mutation, on a server with `track_functions`. A file that fails has not made all
 * its calls, but cannot catch a mutant either.
 */
export async function findCallers(
  tester: Tester,
  copies: Copies,
  files: string[],
  { say }: Pick<Run, "say">,
): Promise<Callers> {
  say(`runs ${files.length} test files without a mutation, to see which functions they call`);
  const counted = new Set<string>();
  const calls = new Map<string, { file: string; seconds: number }[]>();
  for (const file of files) {
    await copies.use(null, async (copy) => {
      const began = performance.now();
      const { failed } = await tester({ copy, file });
      if (failed) say(`${file} fails without any mutation: ${failed.name}`);
      const seconds = (performance.now() - began) / 1000;
      const url = copies.urlOf(copy);
      // The counts of a connection are complete when it has ended.
      while ((await query(url, CONNECTED)).length > 0)
        await new Promise((next) => setTimeout(next, 50));
      for (const { name } of await query<{ name: string }>(url, COUNTED)) counted.add(name);
      const called = await query<{ name: string }>(
        url,
        "SELECT funcname AS name FROM pg_stat_user_functions WHERE schemaname = 'public'",
      );
      for (const { name } of called)
        calls.set(name, [...(calls.get(name) ?? []), { file, seconds }]);
    });
  }
  return (name) =>
    counted.has(name)
      ? (calls.get(name) ?? [])
          .sort((one, other) => one.seconds - other.seconds)
          .map(({ file }) => file)
      : undefined;
}
