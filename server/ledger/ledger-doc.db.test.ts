/** The SQL in docs/ledger.md prints what the page says it prints. */
import { readFileSync } from "node:fs";
import { DatabaseError, type QueryResult } from "pg";
import { expect, it } from "vitest";
import { makeBooks } from "../platform/db/testing/books";
import { app } from "../platform/db/testing/pools";

const PAGE = "docs/ledger.md";
/** A block of SQL and the block of output that follows it. */
const EXAMPLE = /```sql\n(.*?)```\n\n```text\n(.*?)```/gs;

/** Runs the statements of a block in one transaction, as the application. */
async function run(sql: string): Promise<string> {
  try {
    // Several statements at once give several results, which the types of pg do not say.
    const results = [await app().query(sql)].flat() as QueryResult[];
    return tableOf(results.at(-1));
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    // Messages of errors contain random ids; the code is what the application reads.
    return `ERROR ${error.code}${error.detail ? `, detail: ${error.detail}` : ""}\n`;
  }
}

function tableOf(result: QueryResult | undefined): string {
  const names = result?.fields.map(({ name }) => name) ?? [];
  const rows = (result?.rows ?? []).map((row) => names.map((name) => String(row[name] ?? "")));
  const lines = [names, ...rows];
  const widths = names.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const print = (cells: string[], pad = " ") =>
    cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, pad));
  return [
    print(names).join(" | "),
    print(
      names.map(() => ""),
      "-",
    ).join("-+-"),
    ...rows.map((row) => print(row).join(" | ")),
    `(${rows.length} ${rows.length === 1 ? "row" : "rows"})`,
  ]
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}

it("prints what docs/ledger.md says", async () => {
  const books = await makeBooks();
  for (const [index, name] of ["Ana", "Ben", "Carla", "Dora"].entries()) {
    await app().query(
      "UPDATE member SET display_name = $3 WHERE community_id = $1 AND number = $2",
      [books.community, index + 1, name],
    );
  }
  const page = readFileSync(PAGE, "utf8");
  const examples = [...page.matchAll(EXAMPLE)];
  // A block that the pattern misses would not be checked.
  expect(examples.length).toBe(page.match(/```sql/g)?.length);
  for (const [, sql = "", printed] of examples) {
    expect([sql, await run(sql)]).toEqual([sql, printed]);
  }
});
