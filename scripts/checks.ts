/** `npm test`: every check in turn, whatever fails, and one line with the sum at the end. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { proofs } from "../proofs/all";
import { isRight } from "../proofs/result";
import { buildPages, generateClient } from "./build";
import { provideChromium } from "./chromium";
import { type Counts, countsOf, playwrightCounts, vitestCounts } from "./counts";
import { whenAskedToEnd } from "./ending";
import { prove } from "./prove";
import { endChildren, runNode } from "./run";
import { findSystemPostgres } from "./system-postgres";

const say = (line: string) => console.log(`· ${line}`);

const reports = mkdtempSync(join(tmpdir(), "evenhour-reports-"));
process.once("exit", () => rmSync(reports, { recursive: true, force: true }));

/** Clean-up that an interruption must not skip. */
const closers = new Set<() => Promise<void>>();

const rooms = [
  ...[
    "app",
    "components",
    "server",
    "worker",
    "prisma",
    "e2e",
    "scripts",
    "proofs",
    "bench",
    "simulation",
  ],
];

/** In the order in which they run: the quick ones first. */
const steps: Record<string, () => Promise<Counts>> = {
  format: () =>
    check("node_modules/@biomejs/biome/bin/biome", "ci", "--colors=off", "--error-on-warnings"),
  types: async () => {
    await check("node_modules/next/dist/bin/next", "typegen");
    return check("node_modules/typescript/bin/tsc", "--noEmit");
  },
  rooms: () =>
    check(
      "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
      ...["--config", ".dependency-cruiser.cjs", ...rooms],
    ),
  unused: () => check("node_modules/knip/bin/knip.js"),
  unit: () => vitest("unit"),
  // Without DATABASE_URL on the embedded server, and then on the system's.
  database: () => vitest("database", { DATABASE_URL: "" }),
  "database-system": databaseOnSystem,
  build: async () => {
    await buildPages({ say });
    return countsOf(0);
  },
  // Some of them start the product as its users do.
  proofs: async () => {
    const results = await prove(Object.keys(proofs), { way: "short", lanes: 2 });
    const failed = results.filter((result) => !isRight(result)).length;
    return { passed: results.length - failed, failed };
  },
  browser,
};

/** @param wanted the names of the steps to run; all when empty */
export async function main(wanted: string[]): Promise<void> {
  const unknown = wanted.filter((name) => !(name in steps));
  if (unknown.length > 0) {
    console.error(`There is no step "${unknown[0]}": use ${Object.keys(steps).join(", ")}.`);
    process.exit(1);
  }
  whenAskedToEnd(() => void interrupt());
  await generateClient({ say });
  const sum: Counts = { passed: 0, failed: 0 };
  for (const [name, step] of Object.entries(steps)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const began = performance.now();
    say(`${name}…`);
    const counts = await step().catch((error: unknown) => {
      console.log(error instanceof Error ? error.message : error);
      return countsOf(1);
    });
    sum.passed += counts.passed;
    sum.failed += counts.failed;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    say(`${name}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)`);
  }
  console.log(`${sum.passed} passed, ${sum.failed} failed`);
  process.exit(sum.failed === 0 ? 0 : 1);
}

async function interrupt(): Promise<void> {
  endChildren();
  await Promise.allSettled([...closers].map((close) => close()));
  process.exit(130);
}

/** A command that is one check; it speaks only when it fails. */
async function check(...command: string[]): Promise<Counts> {
  const { code, output } = await runNode(command);
  if (code !== 0) console.log(output.trim());
  return countsOf(code);
}

async function vitest(project: string, env: Record<string, string> = {}): Promise<Counts> {
  const report = join(reports, `${project}.json`);
  rmSync(report, { force: true });
  const { code, output } = await runNode(
    [
      ...["node_modules/vitest/vitest.mjs", "run", "--project", project],
      ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    ],
    { env },
  );
  if (code !== 0) console.log(output.trim());
  return vitestCounts(report, code);
}

async function databaseOnSystem(): Promise<Counts> {
  const system = findSystemPostgres();
  if (!system) {
    say("Skipped: this system has no PostgreSQL 15 or newer in /usr/lib/postgresql.");
    return { passed: 0, failed: 0 };
  }
  say(`On the system's PostgreSQL ${system.version}, through DATABASE_URL.`);
  const { url, stop } = await system.start();
  closers.add(stop);
  try {
    return await vitest("database", { DATABASE_URL: url });
  } finally {
    closers.delete(stop);
    await stop();
  }
}

async function browser(): Promise<Counts> {
  const missing = await provideChromium(say);
  if (missing) throw new Error(missing);
  const report = join(reports, "browser.json");
  const { code } = await runNode(
    ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"],
    { live: true, env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report } },
  );
  return playwrightCounts(report, code);
}
