/** The lint rules of our own find what is planted for them. */
import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";

function lint(text: string): string {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      "node_modules/@biomejs/biome/bin/biome",
      "lint",
      "--colors=off",
      "--stdin-file-path=planted.ts",
    ],
    { input: text, encoding: "utf8" },
  );
  return stdout + stderr;
}

it("finds a literal object or array that is spread into another one", () => {
  expect(
    lint('export const a = { ...{ b: 1 }, c: 2 };\nexport const d = [...["e"], "f"];\n'),
  ).toMatch(/properties instead of spreading[\s\S]*elements instead of spreading/);
  expect(lint("export const a = { b: 1 };\nexport const c = { ...a };\n")).not.toContain(
    "spreading",
  );
});
