/** `npm test`: runs all checks, even after a failure, and prints the totals in the last line. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onShutdown } from "../server/platform/shutdown";
import { proofs, proveOnly } from "../verification/proofs/all";
import { isRight } from "../verification/proofs/result";
import { buildPages, generateClient } from "./build";
import { type Counts, countsOf, playwrightCounts, vitestCounts } from "./checks/counts";
import { provideChromium } from "./lib/chromium";
import { endChildren, runNode } from "./lib/run";
import { findSystemPostgres } from "./lib/system-postgres";
import { provideWebServers } from "./lib/web-servers";
import { prove } from "./prove";

const say = (line: string) => console.log(`· ${line}`);

const reports = mkdtempSync(join(tmpdir(), "evenhour-reports-"));
process.once("exit", () => rmSync(reports, { recursive: true, force: true }));

/** Clean-up to run on an interruption too. */
const closers = new Set<() => Promise<void>>();

const checkedFolders = [
  "app",
  "components",
  "domain",
  "server",
  "service-worker",
  "prisma",
  "e2e",
  "scripts",
  "verification",
];

type Step = () => Promise<Counts>;

/** In the order in which they run, quick ones first. */
const steps: Record<string, Step> = {
  format: () =>
    check("node_modules/@biomejs/biome/bin/biome", "ci", "--colors=off", "--error-on-warnings"),
  types: async () => {
    await check("node_modules/next/dist/bin/next", "typegen");
    return check("node_modules/typescript/bin/tsc", "--noEmit");
  },
  boundaries: () =>
    check(
      "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
      "--config",
      ".dependency-cruiser.cjs",
      ...checkedFolders,
    ),
  "dead-code": () => check("node_modules/knip/bin/knip.js"),
  unit: () => vitest("unit"),
  // On the embedded server, and then the tests that may differ on the system's PostgreSQL.
  database: () => vitest("database", { DATABASE_URL: "" }),
  "database-system": databaseOnSystem,
  build: async () => {
    await buildPages({ say });
    return countsOf(0);
  },
  // Some of them start the product as operators do.
  proofs: async () => {
    const names = Object.keys(proofs).filter((name) => !proveOnly.has(name));
    const results = await prove(names, { way: "short", parallel: 2 });
    const failed = results.filter((result) => !isRight(result)).length;
    return { passed: results.length - failed, failed };
  },
  browser,
};

/** Steps that mostly use one core: they run one after the other, in parallel with the unit tests. */
const PARALLEL_TO_UNIT = ["format", "types", "boundaries", "dead-code"];

/** `npm test -- quick`, for use while developing: under a minute, unless much has changed. */
const QUICK = ["format", "types", "boundaries", "unit", "changed"];

/** Steps that run only when named. */
const onRequest: Record<string, Step> = {
  /** The database tests affected by the changes since the last commit. */
  changed: async () => {
    if (existsSync(".git")) return vitest("database", { DATABASE_URL: "" }, ["--changed"]);
    say("Skipped: changes are known only in a clone of the Git repository.");
    return { passed: 0, failed: 0 };
  },
};

/** @param args the names of the steps to run; all when empty */
export async function main(args: string[]): Promise<void> {
  const allSteps = { ...steps, ...onRequest };
  const unknown = args.filter((name) => name !== "quick" && !(name in allSteps));
  if (unknown.length > 0) {
    const names = ["quick", ...Object.keys(allSteps)].join(", ");
    console.error(`There is no step "${unknown[0]}": use ${names}.`);
    process.exit(1);
  }
  onShutdown(() => void interrupt());
  await generateClient({ say });
  const requested = new Set(args.flatMap((name) => (name === "quick" ? QUICK : [name])));
  const names = Object.keys(allSteps).filter((name) =>
    requested.size > 0 ? requested.has(name) : name in steps,
  );
  const isParallel = (name: string) => PARALLEL_TO_UNIT.includes(name);
  const rest = names.filter((name) => name !== "unit" && !isParallel(name));
  const sum: Counts = { passed: 0, failed: 0 };
  const runAll = async (group: string[]) => {
    for (const name of group) {
      const { passed, failed } = await runStep(name, allSteps[name]);
      sum.passed += passed;
      sum.failed += failed;
    }
  };
  await Promise.all([
    runAll(names.filter(isParallel)),
    runAll(names.filter((name) => name === "unit")),
  ]);
  await runAll(rest);
  console.log(`${sum.passed} passed, ${sum.failed} failed`);
  process.exit(sum.failed === 0 ? 0 : 1);
}

/** Runs a step and prints its counts, directly below the output of its failures. */
async function runStep(name: string, step: Step | undefined): Promise<Counts> {
  const began = performance.now();
  say(`${name}…`);
  const counts = await Promise.resolve(step?.() ?? countsOf(1)).catch((error: unknown) => {
    console.log(error instanceof Error ? error.message : error);
    return countsOf(1);
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  say(`${name}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)`);
  return counts;
}

async function interrupt(): Promise<void> {
  endChildren();
  await Promise.allSettled([...closers].map((close) => close()));
  process.exit(130);
}

/** Runs a command that is one check. Its output is printed only when it fails. */
async function check(...command: string[]): Promise<Counts> {
  const { code, output } = await runNode(command);
  if (code !== 0) console.log(output.trim());
  return countsOf(code);
}

async function vitest(
  project: string,
  env: Record<string, string> = {},
  options: string[] = [],
): Promise<Counts> {
  const report = join(reports, `${project}.json`);
  rmSync(report, { force: true });
  const { code, output } = await runNode(
    [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--project",
      project,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...options,
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
    return await vitest("database-system", { DATABASE_URL: url });
  } finally {
    closers.delete(stop);
    await stop();
  }
}

async function browser(): Promise<Counts> {
  const missing = await provideChromium(say);
  if (missing) throw new Error(missing);
  const withoutServers = await provideWebServers(say);
  if (withoutServers) say(withoutServers);
  const report = join(reports, "browser.json");
  const { code } = await runNode(
    ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"],
    { live: true, env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report } },
  );
  return playwrightCounts(report, code);
}
