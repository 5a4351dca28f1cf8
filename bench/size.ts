/** What settling and reading cost in a small database, and in a big one. */
import type { ChildProcess } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { order, startChild } from "./child";
import { load, type Shape } from "./load";
import { type Contender, interleave, ratesOf, ratios, type Sample, type Samples } from "./measure";
import type { Bench, Part } from "./part";
import { endOf, explainAll, plansLine, plansSince } from "./plans";
import { type Goal, goal, rateRows } from "./report";
import { ask, type BenchServer, startServer } from "./server";
import { crowdMeasure, measures } from "./size-measures";

const kinds = ["neighbourhoods", "crowd"] as const;
const MOST = 1.3;

type Place = {
  kind: Shape["kind"];
  size: number;
  url: string;
  child: ChildProcess;
};

export const size: Part = async (bench) => {
  const server = await startServer(bench, bench.keep);
  const { sizes } = bench;
  const places: Place[] = [];
  for (const kind of kinds) {
    for (const each of sizes) {
      const url = await filled(bench, server, { kind, transfers: each, seed: bench.seed });
      places.push({ kind, size: each, url, child: await startChild(bench, "size-child", url) });
    }
  }
  const contenders = places.flatMap((place) => contendersOf(place));
  const samples = await interleave(contenders, { ...bench, seconds: bench.seconds / 2 });
  const file = bench.beside(".plans.txt");
  const notes = [`the plans are in ${file}`];
  for (const place of places) notes.push(...(await explain(bench, server, place, file)));
  return {
    part: "size",
    about: `${bench.clients} clients; communities of 300 members with 1,000 transfers each, or one crowd of 3,000; what is measured has the same 1,000 transfers at each size`,
    rows: rateRows(samples),
    goals: kinds.flatMap((kind) => measures.map((what) => growth(samples, kind, what, sizes))),
    notes,
  };
};

const nameOf = (what: string, kind: string, transfers: number) =>
  `${what}, ${kind}, ${transfers.toLocaleString("en")}`;

/** How many times as much it costs in the biggest as in the smallest. */
function growth(samples: Samples, kind: Shape["kind"], what: string, sizes: number[]): Goal {
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const small = ratesOf(samples, nameOf(what, kind, least));
  const big = ratesOf(samples, nameOf(what, kind, most));
  return goal(
    `cost of ${what} at ${most.toLocaleString("en")} : ${least.toLocaleString("en")} (${kind})`,
    ratios(small, big),
    { most: MOST },
  );
}

/** A database of that shape, loaded when it is not kept from before, with right books. */
async function filled(bench: Bench, server: BenchServer, shape: Shape): Promise<string> {
  const name = `size_${shape.kind}_${shape.transfers}`;
  const { url } = await server.database(name);
  await ask(url, async (client) => {
    const known = await client.query("SELECT 1 FROM transfer LIMIT 1");
    if (known.rowCount) return;
    const began = performance.now();
    await load(client, shape);
    await client.query("SET work_mem = '256MB'");
    const wrong = await client.query("SELECT * FROM check_books() LIMIT 1");
    if (wrong.rowCount)
      throw new Error(`The loader's books are wrong: ${JSON.stringify(wrong.rows)}`);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    bench.say(`loaded and checked ${shape.transfers} transfers (${shape.kind}, ${seconds} s)`);
  });
  return url;
}

const contendersOf = ({ kind, size: transfers, child }: Place): Contender[] =>
  [...measures, ...(kind === "crowd" ? [crowdMeasure] : [])].map((what) => ({
    name: nameOf(what, kind, transfers),
    ...(what === "settle"
      ? { prepare: (count: number) => order<void>(child, { name: what, prepare: count }) }
      : {}),
    slice: (seconds) => order<Sample>(child, { name: what, seconds }),
  }));

/** Writes the plans of everything that is measured there, and says each in a line. */
async function explain(
  bench: Bench,
  server: BenchServer,
  { kind, size: transfers, url }: Place,
  file: string,
): Promise<string[]> {
  await explainAll(url, true);
  const log = join(server.dataDir, "postgres.log");
  const child = await startChild({ ...bench, clients: 1 }, "size-child", url);
  const lines: string[] = [];
  for (const what of measures) {
    const name = nameOf(what, kind, transfers);
    if (what === "settle") await order<void>(child, { name: what, prepare: 10 });
    // The first make connections and fill caches; the last is looked at.
    for (let time = 0; time < 5; time += 1) await order<Sample>(child, { name: what, once: true });
    const from = endOf(log);
    await order<Sample>(child, { name: what, once: true });
    const plans = plansSince(log, from);
    appendFileSync(file, plans.map(({ text }) => `== ${name}\n${text}\n\n`).join(""));
    lines.push(`${name}: ${plansLine(plans)}`);
  }
  await explainAll(url, false);
  return lines;
}
