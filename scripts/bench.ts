/**
 * `npm run bench -- --check` runs the tests of the benchmarks.
 * `npm run bench [part …] [-- --rounds N --seconds s --json FILE …]` runs them and then measures the product and
 * its theoretical limits in interleaved slices. It prints a table for each part with the goals met or missed, and
 * writes the same as JSON.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { onShutdown } from "../server/platform/shutdown";
import { parts } from "../verification/bench/all";
import { machine } from "../verification/bench/machine";
import type { Bench } from "../verification/bench/part";
import { type Findings, getText } from "../verification/bench/report";
import { buildPages, generateClient } from "./build";
import { endChildren, runNode } from "./lib/run";

const MIN_ROUNDS = 7;
const say = (line: string) => console.log(`· ${line}`);

export async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      rounds: { type: "string", default: "9" },
      seconds: { type: "string", default: "2" },
      requests: { type: "string", default: "5000" },
      seed: { type: "string", default: "20261125" },
      sizes: { type: "string", default: "1000,100000,1000000,3000000" },
      keep: { type: "string" },
      json: { type: "string" },
      check: { type: "boolean", default: false },
    },
  });
  const unknown = positionals.find((name) => !(name in parts));
  if (unknown) refuse(`There is no part "${unknown}": use ${Object.keys(parts).join(", ")}.`);
  const rounds = number(values.rounds, "rounds");
  if (rounds < MIN_ROUNDS) refuse(`--rounds must be at least ${MIN_ROUNDS}.`);
  const at = new Date().toISOString();
  const file = resolve(values.json ?? `bench-results/${at.replaceAll(":", "-")}.json`);
  mkdirSync(dirname(file), { recursive: true });
  const closers: (() => unknown)[] = [];
  const bench: Omit<Bench, "say"> = {
    rounds,
    seconds: number(values.seconds, "seconds"),
    seed: number(values.seed, "seed"),
    clients: 8,
    requests: number(values.requests, "requests"),
    sizes: values.sizes.split(",").map((size) => number(size, "sizes")),
    keep: values.keep ?? null,
    beside: (ending) => file.replace(/(\.json)?$/, ending),
    atEnd: (work) => closers.unshift(work),
  };
  const end = async () => {
    for (const close of closers.splice(0)) {
      await Promise.resolve()
        .then(close)
        .catch((error: unknown) => console.error(error));
    }
  };
  onShutdown(() => {
    endChildren();
    void end().finally(() => process.exit(130));
  });
  await generateClient({ say });
  say("the tests of the benchmarks…");
  const { code } = await runNode(["node_modules/vitest/vitest.mjs", "run", "--project", "bench"], {
    live: true,
    env: { DATABASE_URL: "" },
  });
  if (code !== 0 || values.check) process.exit(code);
  await buildPages({ say });

  const found: Findings[] = [];
  const failed: string[] = [];
  for (const name of positionals.length > 0 ? positionals : Object.keys(parts)) {
    say(`${name}…`);
    try {
      const part = await parts[name]?.();
      const findings = await part?.({ ...bench, say: (line) => say(`${name}: ${line}`) });
      if (findings) {
        found.push(findings);
        console.log(getText(findings));
      }
    } catch (error) {
      console.error(error);
      failed.push(name);
    }
    await end();
    // Written after each part, so that an interruption loses no earlier measurement.
    const result = {
      at,
      machine: machine(),
      options: { ...values, clients: bench.clients },
      found,
    };
    writeFileSync(file, `${JSON.stringify({ ...result, failed }, null, 2)}\n`);
  }
  const goals = found.flatMap((findings) => findings.goals);
  const met = goals.filter((goal) => goal.met).length;
  console.log(
    `\n${machineLine()}\n${file}\n${met} goals met, ${goals.length - met} missed${failed.map((name) => `, ${name} FAILED`).join("")}`,
  );
  process.exit(failed.length === 0 ? 0 : 1);
}

function machineLine(): string {
  const { cpu, cores, memory, system, node } = machine();
  return `${cpu}, ${cores} cores, ${memory} GB, ${system}, Node ${node}`;
}

function number(text: string, name: string): number {
  const value = Number(text);
  if (!(value > 0)) refuse(`--${name} must be a number above zero.`);
  return value;
}

function refuse(message: string): never {
  console.error(message);
  process.exit(1);
}
