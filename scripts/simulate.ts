/**
 * `npm run simulate [-- --seeds 10 --members 300 --days 365 --weights]`: simulates a year of a community with our
 * matching rule and with first come, for each seed; with `--weights` also with other weights.
 */
import { parseArgs } from "node:util";
import { makeCommunity } from "../verification/simulation/community";
import { type Measures, measure } from "../verification/simulation/measures";
import { differencesOf, tableOf } from "../verification/simulation/report";
import {
  fairRule,
  MAX_ASKED,
  otherWeights,
  type Rule,
  rules,
} from "../verification/simulation/rules";
import { simulateYear } from "../verification/simulation/year";

type Size = { members: number; days: number };

export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      seeds: { type: "string", default: "10" },
      members: { type: "string", default: "300" },
      days: { type: "string", default: "365" },
      /** Also simulates the other weights. */
      weights: { type: "boolean", default: false },
    },
  });
  const size = { members: whole(values.members, "members"), days: whole(values.days, "days") };
  const seeds = Array.from({ length: whole(values.seeds, "seeds") }, (_, index) => index + 1);
  console.log(
    `${size.members} members, ${size.days} days, at most ${MAX_ASKED} people asked for a request; ` +
      `seeds 1 to ${seeds.length}: the mean, and from the least to the most\n`,
  );
  const results = simulate(seeds, size, rules);
  console.log(`${tableOf(results)}\n`);
  console.log("Our rule against first come, in percentage points\n");
  const [ours = [], theirs = []] = [results.get("our rule"), results.get("first come")];
  console.log(differencesOf(seeds, ours, theirs));
  if (!values.weights) return;
  const others = Object.entries(otherWeights).map(([name, by]) => [name, fairRule(by)] as const);
  console.log(`\nOther weights\n\n${tableOf(simulate(seeds, size, Object.fromEntries(others)))}`);
}

function simulate(
  seeds: number[],
  size: Size,
  byName: Record<string, Rule>,
): Map<string, Measures[]> {
  return new Map(
    Object.entries(byName).map(([name, rule]) => [
      name,
      seeds.map((seed) => measure(simulateYear(makeCommunity(seed, size), rule, seed))),
    ]),
  );
}

function whole(text: string, name: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  console.error(`--${name} must be a whole number above zero.`);
  process.exit(1);
}
