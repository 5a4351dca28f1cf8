import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

type Report = { summary: { violations: { rule: { name: string }; from: string; to: string }[] } };

/** Runs the same rules as `npm test` on another tree. */
const cruise = (folder: string) =>
  new Promise<Report>((done) => {
    const command = pathOf("../node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
    const config = pathOf("../.dependency-cruiser.cjs");
    execFile(
      process.execPath,
      [command, "--config", config, "--output-type", "json", "app", "server"],
      { cwd: folder },
      (_, stdout) => done(JSON.parse(stdout)),
    );
  });

test("a page that imports the database is reported, and nothing else", async () => {
  const report = await cruise(pathOf("canary"));
  expect(report.summary.violations).toEqual([
    expect.objectContaining({
      rule: expect.objectContaining({ name: "app", severity: "error" }),
      from: "app/page.ts",
      to: "server/db/client.ts",
    }),
  ]);
}, 60_000);
