/** Only one file may create Intl formatters and locales: it knows the reader's region. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** Defines `localeTag` and needs Intl's own tables. */
const MAKES_LOCALES = "domain/kernel/region.ts";
const PAST_IT = /\.toLocale\w*\(|\bIntl\s*\.|\bIntl\s*\[/;

const problemsIn = (text: string): string[] =>
  text
    .split("\n")
    .filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line))
    .filter((line) => PAST_IT.test(line));

const FOLDERS = ["app", "components", "domain", "server", "service-worker", "prisma"];
const sources = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
).filter(
  (path) => /\.tsx?$/.test(path) && !/generated|\.test\.tsx?$/.test(path) && path !== MAKES_LOCALES,
);

describe("formatting", () => {
  it("uses the reader's locale everywhere", () => {
    expect(sources.length).toBeGreaterThan(200);
    const found = sources.flatMap((path) =>
      problemsIn(readFileSync(path, "utf8")).map((line) => `${path}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });

  it.each(["at.toLocaleDateString()", "new Intl.DateTimeFormat()", "Intl['NumberFormat']()"])(
    "is found where it goes past it: %s",
    (line) => expect(problemsIn(`const text = ${line};`)).toHaveLength(1),
  );
});
