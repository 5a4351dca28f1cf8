/**
 * Runs one proof in this process:
 *   npx tsx verification/proofs/one.ts NAME [--short | --planted] [--seed N] [--set count=value …] [--result FILE]
 * Exits with 0 when the claim held (with --planted: when the bug was found).
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { proofs } from "./all";
import { type Counts, Inconclusive, type Run, Violated } from "./proof";
import type { Result } from "./result";

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      short: { type: "boolean", default: false },
      planted: { type: "boolean", default: false },
      seed: { type: "string" },
      set: { type: "string", multiple: true, default: [] },
      result: { type: "string" },
    },
  });
  const load = proofs[positionals[0] ?? ""];
  if (!load)
    throw new Error(`There is no proof of that name: use ${Object.keys(proofs).join(", ")}.`);
  const { proof } = await load();
  const usual: Counts = values.planted ? proof.bug.counts : values.short ? proof.short : proof.long;
  const closers: (() => unknown)[] = [];
  const run: Run = {
    counts: { ...usual, ...Object.fromEntries(values.set.map(setting)) },
    seed: values.seed === undefined ? (Date.now() % 1_000_000_007) >>> 0 : Number(values.seed),
    planted: values.planted,
    say: (line) => console.log(`  ${proof.name}: ${line}`),
    atEnd: (work) => closers.unshift(work),
  };
  const end = async () => {
    for (const close of closers.splice(0)) {
      await Promise.resolve(close()).catch((error: unknown) => console.error(error));
    }
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void end().finally(() => process.exit(130)));
  }
  const began = performance.now();
  const outcome = await proof.run(run).then(
    (figures) => ({ outcome: "held" as const, figures, sentence: "" }),
    (error: unknown) => ({ outcome: nameOf(error), figures: {}, sentence: userMessage(error) }),
  );
  const result: Result = {
    name: proof.name,
    claim: proof.claim,
    bug: proof.bug.name,
    planted: run.planted,
    seed: run.seed,
    counts: run.counts,
    ...outcome,
    seconds: (performance.now() - began) / 1000,
  };
  if (values.result) writeFileSync(values.result, JSON.stringify(result));
  console.log(`  ${proof.name}: ${outcome.outcome} ${outcome.sentence}`);
  console.log(`  ${JSON.stringify({ seed: run.seed, ...run.counts, ...outcome.figures })}`);
  await end();
  process.exit(outcome.outcome === (run.planted ? "violated" : "held") ? 0 : 1);
}

const setting = (text: string): [string, number] => {
  const [name = "", value] = text.split("=");
  return [name, Number(value)];
};

const nameOf = (error: unknown): Result["outcome"] =>
  error instanceof Violated
    ? "violated"
    : error instanceof Inconclusive
      ? "inconclusive"
      : "failed";

/** A failure of the proof itself needs its stack. */
const userMessage = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return nameOf(error) === "failed" ? (error.stack ?? error.message) : error.message;
};

await main();
