import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findDialect } from "./plain-words";

const CHECKED = [
  "app",
  "components",
  "docs",
  "domain",
  "e2e",
  "prisma/schema",
  "prisma/sql",
  "scripts",
  "server",
  "service-worker",
  "verification",
];
/** Texts of people and places, copies of the day they were made, and this check itself. */
const LEFT_OUT = /generated\/|plain-words|\/testing\/evenhour|empty-app/;

const files = [
  "README.md",
  ...CHECKED.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  ),
].filter(
  (file) =>
    /\.(ts|tsx|mjs|cjs|sql|prisma|md)$/.test(file) &&
    !LEFT_OUT.test(file) &&
    statSync(file).isFile(),
);

it("finds a planted word, its line and the word to use instead", () => {
  const text = "// A comment.\n// Pages that are kept for whoever reads them.\n";
  expect(findDialect("page.ts", text)).toEqual([
    expect.objectContaining({ file: "page.ts", line: 2, word: "kept" }),
    expect.objectContaining({ file: "page.ts", line: 2, word: "whoever" }),
  ]);
  expect(findDialect("page.ts", "// Pages that are cached for the member.")).toEqual([]);
});

it("finds none in code, comments and documents", () => {
  expect(files.length).toBeGreaterThan(500);
  const found = files.flatMap((file) => findDialect(file, readFileSync(file, "utf8")));
  expect(
    found.map(({ file, line, word, instead }) => `${file}:${line}: "${word}": write ${instead}`),
  ).toEqual([]);
});
