import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { changesOf } from "./from-functions";
import { changed } from "./sql-text";

const functions = readdirSync("prisma/sql")
  .filter((name) => !name.startsWith("00_"))
  .map((name): [string, string] => [
    name,
    readFileSync(`prisma/sql/${name}`, "utf8").split("$$")[1] ?? "",
  ]);
const whats = (body: string) => changesOf(body).map(({ what }) => what);

describe("the mutations of functions", () => {
  it.each(functions)("include every refusal, lock and handler of %s", (_, text) => {
    const body = text.replace(/--.*/g, "");
    const count = (pattern: RegExp) => body.match(pattern)?.length ?? 0;
    const listed = (pattern: RegExp) => whats(text).filter((what) => pattern.test(what)).length;
    // The RAISE of a handler is removed together with the handler.
    expect(listed(/^RAISE .*removed/) + listed(/^EXCEPTION .*removed/)).toBe(count(/RAISE /g));
    expect(listed(/^EXCEPTION .*removed/)).toBe(count(/EXCEPTION WHEN/g));
    expect(listed(/^FOR .*removed/)).toBe(count(/FOR (NO KEY )?UPDATE/g));
    expect(listed(/^ON CONFLICT/)).toBe(count(/ON CONFLICT/g));
  });

  it("weaken each part of a condition", () => {
    const body =
      "BEGIN IF a > 1 OR (b AND NOT c) OR d NOT BETWEEN 1 AND 9 THEN RAISE x; END IF; END";
    const conditions = changesOf(body).map((change) =>
      /IF (.*) THEN/.exec(changed(body, change))?.[1]?.replace(/\s+/g, " "),
    );
    expect(conditions).toEqual([
      "false",
      "false OR (b AND NOT c) OR d NOT BETWEEN 1 AND 9",
      "a > 1 OR false OR d NOT BETWEEN 1 AND 9",
      "a > 1 OR (b AND NOT c) OR false",
      "a > (1 + 1) OR (b AND NOT c) OR d NOT BETWEEN 1 AND 9",
      "a > 1 OR (true AND NOT c) OR d NOT BETWEEN 1 AND 9",
      "a > 1 OR (b AND true) OR d NOT BETWEEN 1 AND 9",
      "a > 1 OR (b AND NOT c) OR d < 1",
      "a > 1 OR (b AND NOT c) OR d > 9",
      "a > 1 OR (b AND NOT c) OR d NOT BETWEEN 1 - 1 AND 9",
      "a > 1 OR (b AND NOT c) OR d NOT BETWEEN 1 AND 9 + 1",
    ]);
  });

  it("weaken what each branch of a CASE returns, and move a bound with its parentheses", () => {
    const body =
      "BEGIN IF (CASE kind WHEN 'a' THEN b AND c WHEN 'd' THEN e > (f + 1) ELSE false END) IS NOT TRUE THEN RAISE x; END IF; END";
    const conditions = changesOf(body).map((change) =>
      /IF (.*) THEN RAISE/.exec(changed(body, change))?.[1]?.replace(/\s+/g, " "),
    );
    expect(conditions).toEqual([
      "false",
      "(CASE kind WHEN 'a' THEN true AND c WHEN 'd' THEN e > (f + 1) ELSE false END) IS NOT TRUE",
      "(CASE kind WHEN 'a' THEN b AND true WHEN 'd' THEN e > (f + 1) ELSE false END) IS NOT TRUE",
      "(CASE kind WHEN 'a' THEN b AND c WHEN 'd' THEN e > (( f + 1 ) + 1) ELSE false END) IS NOT TRUE",
    ]);
  });
});
