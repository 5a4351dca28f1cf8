/** Biome with the project's configuration reports a planted violation of each of the project's own lint rules. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

let folder: string;

// Biome prints no diagnostics of a plugin for standard input, and fails on files outside the Git
// repository of its configuration, hence a copy of both without `vcs`.
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "evenhour-lint-"));
  const config = JSON.parse(readFileSync("biome.json", "utf8"));
  for (const plugin of config.plugins) {
    mkdirSync(dirname(join(folder, plugin)), { recursive: true });
    cpSync(plugin, join(folder, plugin));
  }
  const copy = { ...config, vcs: { enabled: false }, $schema: undefined };
  writeFileSync(join(folder, "biome.json"), JSON.stringify(copy));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What Biome prints about a file with that text. */
function lint(text: string): string {
  writeFileSync(join(folder, "planted.ts"), text);
  const biome = resolve("node_modules/@biomejs/biome/bin/biome");
  const run = spawnSync(process.execPath, [biome, "lint", "--colors=off", "planted.ts"], {
    cwd: folder,
    encoding: "utf8",
  });
  return run.stdout + run.stderr;
}

it("reports an object or array literal that is spread into another one", () => {
  const report = lint(
    'export const a = { ...{ b: 1 }, c: 2 };\nexport const d = [...["e"], "f"];\n',
  );
  expect(report).toContain("Write the properties instead of spreading a literal object.");
  expect(report).toContain("Write the elements instead of spreading a literal array.");
});

it("accepts the spread of a variable", () => {
  const report = lint("export const a = { b: 1 };\nexport const c = { ...a };\n");
  expect(report).toContain("Checked 1 file");
  expect(report).not.toContain("spreading");
});
