/** Every test file runs in a project of vitest.config.ts, and those for the second server run there too. */
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { ON_ONE_SERVER } from "./test-servers";

type Listed = { file: string; projectName: string };

const listed: Listed[] = JSON.parse(
  execFileSync(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "list", "--filesOnly", "--json"],
    {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    },
  ),
);
const runBy = (project: string) =>
  listed
    .filter(({ projectName }) => projectName === project)
    .map(({ file }) => relative(process.cwd(), file).replaceAll("\\", "/"));

/** Listed from the tree, independently of Vitest. */
const inTree = readdirSync(".", { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !/^\.|^(node_modules|e2e|data.*)$/.test(entry.name))
  .flatMap(({ name }) =>
    readdirSync(name, { recursive: true, encoding: "utf8" }).map((file) =>
      `${name}/${file}`.replaceAll("\\", "/"),
    ),
  )
  .filter((file) => /\.test\.tsx?$/.test(file))
  .sort();
const onDatabase = inTree.filter((file) => file.endsWith(".db.test.ts"));
const isTool = (file: string) => file.startsWith("verification/bench/");

describe("the tests in the tree", () => {
  it("run in exactly one step each", () => {
    expect([...runBy("unit"), ...runBy("database"), ...runBy("bench")].sort()).toEqual(inTree);
    expect(runBy("bench").every(isTool)).toBe(true);
  });

  it("run on the second server too, except in the listed folders", () => {
    const isLeftOut = (file: string) => isTool(file) || ON_ONE_SERVER.includes(dirname(file));
    expect(runBy("database-system").sort()).toEqual(onDatabase.filter((file) => !isLeftOut(file)));
  });

  it("exist in every listed folder", () => {
    for (const folder of ON_ONE_SERVER) expect(onDatabase.map(dirname)).toContain(folder);
  });

  it.each(["server/platform/db", "server/backup", "server/search", "scripts"])(
    "of %s run on both servers",
    (folder) => {
      const there = onDatabase.filter((file) => file.startsWith(`${folder}/`));
      expect(there.length).toBeGreaterThan(0);
      expect(runBy("database-system")).toEqual(expect.arrayContaining(there));
    },
  );
});
