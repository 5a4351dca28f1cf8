/**
 * `npm run prove [proof …] [-- --seed N] [--short]`: the long proofs, each in a process of its
 * own, then each once more with a bug planted, which it must find; and a table at the end.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { proofs, startingProduct } from "../proofs/all";
import { isRight, type Result } from "../proofs/result";
import { generateClient } from "./build";
import { whenAskedToEnd } from "./ending";
import { endChildren, runNode } from "./run";

const say = (line: string) => console.log(`· ${line}`);

type Way = "long" | "short" | "planted";

export async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      seed: { type: "string" },
      short: { type: "boolean", default: false },
      /** How many run side by side. */
      lanes: { type: "string", default: "1" },
    },
  });
  const unknown = positionals.find((name) => !(name in proofs));
  if (unknown) {
    console.error(`There is no proof "${unknown}": use ${Object.keys(proofs).join(", ")}.`);
    process.exit(1);
  }
  whenAskedToEnd(() => {
    endChildren();
    process.exit(130);
  });
  await generateClient({ say });
  const names = positionals.length > 0 ? positionals : Object.keys(proofs);
  const results = await prove(names, {
    way: values.short ? "short" : "long",
    lanes: Number(values.lanes) || 1,
    seed: values.seed,
  });
  console.log(tableOf(results));
  const wrong = results.filter((result) => !isRight(result));
  console.log(`${results.length - wrong.length} passed, ${wrong.length} failed`);
  process.exit(wrong.length === 0 ? 0 : 1);
}

/** Runs each proof, and each with its bug, so many side by side. */
export async function prove(
  names: string[],
  { way, lanes, seed }: { way: "long" | "short"; lanes: number; seed?: string | undefined },
): Promise<Result[]> {
  const runs = names.flatMap((name) => {
    const isQuick = way === "short" && startingProduct.has(name);
    const ways = isQuick ? ([way] as const) : ([way, "planted"] as const);
    return ways.map((each) => ({ name, each }));
  });
  const results: Result[] = [];
  const waiting = [...runs.entries()];
  const next = async () => {
    for (let run = waiting.shift(); run; run = waiting.shift()) {
      const [place, { name, each }] = run;
      const label = each === "planted" ? `${name}, with its bug` : name;
      say(`${label}…`);
      const result = await proveOne(name, each, seed);
      say(`${label}: ${wordOf(result)} (${result.seconds.toFixed(1)} s)`);
      results[place] = result;
    }
  };
  await Promise.all(Array.from({ length: lanes }, next));
  return results;
}

async function proveOne(name: string, way: Way, seed?: string): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "evenhour-prove-"));
  const file = join(folder, "result.json");
  try {
    const { output } = await runNode(
      [
        ...["--expose-gc", "--import", "tsx", "proofs/one.ts", name, `--result=${file}`],
        ...(way === "long" ? [] : [`--${way}`]),
        ...(seed ? [`--seed=${seed}`] : []),
      ],
      { live: way === "long" },
    );
    const result = readResult(file) ?? fallen(name, way === "planted", output);
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

/** A process that ended without a word. */
const fallen = (name: string, planted: boolean, output: string): Result => ({
  ...{ name, planted, claim: "", bug: "", seed: 0, counts: {}, figures: {}, seconds: 0 },
  ...{ outcome: "failed", sentence: output.trim().split("\n").at(-1) ?? "" },
});

function wordOf(result: Result): string {
  if (!result.planted) return result.outcome === "held" ? "held" : failing(result);
  return result.outcome === "broken" ? "the planted bug was found" : failing(result);
}

const failing = ({ outcome, sentence }: Result) =>
  outcome === "held" ? "THE PLANTED BUG WAS NOT FOUND" : `${outcome.toUpperCase()}: ${sentence}`;

/** A block a proof: claim, counts, seed and what happened, and the bug that it found. */
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
    .map(([name, value]) => `${name} ${typeof value === "number" ? tidy(value) : value}`)
    .join(", ");

const tidy = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: 2 });
