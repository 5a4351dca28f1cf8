/**
 * `npm run prove [proof …] [-- --seed N] [--short]`: runs the long proofs, each in its own process, then each
 * again with a planted bug, which it must find. Prints a table at the end.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { onShutdown } from "../server/platform/shutdown";
import { longest, proofs, startingProduct } from "../verification/proofs/all";
import { isRight, type Result } from "../verification/proofs/result";
import { generateClient } from "./build";
import { endChildren, runNode } from "./lib/run";

const say = (line: string) => console.log(`· ${line}`);

type Way = "long" | "short" | "planted";

export async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      seed: { type: "string" },
      short: { type: "boolean", default: false },
      /** How many run in parallel. */
      parallel: { type: "string", default: "1" },
    },
  });
  const unknown = positionals.find((name) => !(name in proofs));
  if (unknown) {
    console.error(`There is no proof "${unknown}": use ${Object.keys(proofs).join(", ")}.`);
    process.exit(1);
  }
  onShutdown(() => {
    endChildren();
    process.exit(130);
  });
  await generateClient({ say });
  const names = positionals.length > 0 ? positionals : Object.keys(proofs);
  const results = await prove(names, {
    way: values.short ? "short" : "long",
    parallel: Number(values.parallel) || 1,
    seed: values.seed,
  });
  console.log(tableOf(results));
  const failed = results.filter((result) => !isRight(result)).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

/** Runs each proof, and each with its planted bug, `parallel` at a time. */
export async function prove(
  names: string[],
  { way, parallel, seed }: { way: "long" | "short"; parallel: number; seed?: string | undefined },
): Promise<Result[]> {
  const runs = names.flatMap((name) => {
    const isQuick = way === "short" && startingProduct.has(name);
    const ways = isQuick ? ([way] as const) : ([way, "planted"] as const);
    return ways.map((each) => ({ name, each }));
  });
  const results: Result[] = [];
  // In parallel the longest ones start first, so that all end at about the same time.
  const isLong = ({ each, name }: (typeof runs)[number]) => each !== "planted" && longest.has(name);
  const entries = [...runs.entries()];
  const waiting =
    parallel === 1
      ? entries
      : [...entries.filter(([, run]) => isLong(run)), ...entries.filter(([, run]) => !isLong(run))];
  // Imported here, since it needs the generated Prisma client.
  const { prepareData } = await import("../verification/kit/database");
  const { env, drop } = await prepareData();
  const next = async () => {
    for (let run = waiting.shift(); run; run = waiting.shift()) {
      const [place, { name, each }] = run;
      const label = each === "planted" ? `${name}, with its bug` : name;
      say(`${label}…`);
      const result = await proveOne(name, each, env, seed);
      say(`${label}: ${wordOf(result)} (${result.seconds.toFixed(1)} s)`);
      results[place] = result;
    }
  };
  try {
    await Promise.all(Array.from({ length: parallel }, next));
  } finally {
    drop();
  }
  return results;
}

async function proveOne(
  name: string,
  way: Way,
  env: Record<string, string>,
  seed?: string,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "evenhour-prove-"));
  const file = join(folder, "result.json");
  try {
    const { output } = await runNode(
      [
        "--expose-gc",
        "--import",
        "tsx",
        "verification/proofs/one.ts",
        name,
        `--result=${file}`,
        ...(way === "long" ? [] : [`--${way}`]),
        ...(seed ? [`--seed=${seed}`] : []),
      ],
      { live: way === "long", env },
    );
    const result = readResult(file) ?? crashed(name, way === "planted", output);
    if (!isRight(result) && way !== "long") console.log(output.trim());
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readResult(file: string): Result | null {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/** The result of a process that ended without writing one. */
const crashed = (name: string, planted: boolean, output: string): Result => ({
  name,
  planted,
  claim: "",
  bug: "",
  seed: 0,
  counts: {},
  figures: {},
  seconds: 0,
  outcome: "failed",
  sentence: output.trim().split("\n").at(-1) ?? "",
});

function wordOf(result: Result): string {
  if (!result.planted) return result.outcome === "held" ? "held" : failing(result);
  return result.outcome === "violated" ? "the planted bug was found" : failing(result);
}

const failing = ({ outcome, sentence }: Result) =>
  outcome === "held" ? "THE PLANTED BUG WAS NOT FOUND" : `${outcome.toUpperCase()}: ${sentence}`;

/** A block for each proof: claim, counts, figures, outcome, seed, and the planted bug. */
function tableOf(results: Result[]): string {
  return results
    .map((result) => {
      const { name, planted, claim, bug, seed, counts, figures, sentence, seconds } = result;
      const lines: [string, string][] = planted
        ? [["planted", bug]]
        : [
            ["claim", claim],
            ["counts", list(counts)],
            ["happened", list(figures)],
          ];
      const verdict = planted && isRight(result) ? `found: ${sentence}` : wordOf(result);
      lines.push(["outcome", `${verdict} (seed ${seed}, ${seconds.toFixed(0)} s)`]);
      return [
        planted ? "" : `\n${name}`,
        ...lines.map(([word, text]) => `  ${word.padEnd(9)} ${text}`),
      ]
        .filter(Boolean)
        .join("\n");
    })
    .join("\n");
}

const list = (values: Record<string, number | string>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${typeof value === "number" ? format(value) : value}`)
    .join(", ");

const format = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: 2 });
