/** What looking for help costs in one community, alone or among a thousand. */
import type { ChildProcess } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { order, startChild } from "./child";
import { LISTINGS, loadListings } from "./load-listings";
import { type Contender, interleave, ratesOf, ratios, type Sample, type Samples } from "./measure";
import type { Bench, Part } from "./part";
import { endOf, explainAll, plansLine, plansSince } from "./plans";
import { type Goal, goal, rateRows } from "./report";
import { searches } from "./search-measures";
import { ask, type BenchServer, startServer } from "./server";

/** How many times as much it may cost among the most as alone. */
const MOST = 3;
const LARGEST = 1_000_000;

type Place = { size: number; url: string; child: ChildProcess };

export const search: Part = async (bench) => {
  const server = await startServer(bench, bench.keep);
  const sizes = bench.sizes.filter((size) => size <= LARGEST);
  const places: Place[] = [];
  for (const size of sizes) {
    const url = await filled(bench, server, size);
    places.push({ size, url, child: await startChild(bench, "search-child", url) });
  }
  const contenders = places.flatMap(contendersOf);
  const samples = await interleave(contenders, { ...bench, seconds: bench.seconds / 2 });
  const file = bench.beside(".plans.txt");
  const notes = [`the plans are in ${file}`];
  for (const place of places) notes.push(...(await explain(bench, server, place, file)));
  return {
    part: "search",
    about: `${bench.clients} clients in one community of 100 members with ${LISTINGS.toLocaleString("en")} listings, alone or among others of the same size`,
    rows: rateRows(samples),
    goals: searches.map((what) => growth(samples, what, sizes)),
    notes,
  };
};

const nameOf = (what: string, listings: number) => `${what}, ${listings.toLocaleString("en")}`;

function growth(samples: Samples, what: string, sizes: number[]): Goal {
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return goal(
    `cost of ${what} at ${most.toLocaleString("en")} : ${least.toLocaleString("en")}`,
    ratios(ratesOf(samples, nameOf(what, least)), ratesOf(samples, nameOf(what, most))),
    { most: MOST },
  );
}

/** A database of so many listings, loaded when it is not kept from before. */
async function filled(bench: Bench, server: BenchServer, listings: number): Promise<string> {
  const { url } = await server.database(`search_${listings}`);
  await ask(url, async (client) => {
    const known = await client.query("SELECT 1 FROM listing LIMIT 1");
    if (known.rowCount) return;
    const began = performance.now();
    await loadListings(client, { listings, seed: bench.seed });
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    bench.say(`loaded ${listings} listings (${seconds} s)`);
  });
  return url;
}

const contendersOf = ({ size, child }: Place): Contender[] =>
  searches.map((what) => ({
    name: nameOf(what, size),
    slice: (seconds) => order<Sample>(child, { name: what, seconds }),
  }));

/** Writes the plans of everything that is measured there, and says each in a line. */
async function explain(
  bench: Bench,
  server: BenchServer,
  { size, url }: Place,
  file: string,
): Promise<string[]> {
  await explainAll(url, true);
  const log = join(server.dataDir, "postgres.log");
  const child = await startChild({ ...bench, clients: 1 }, "search-child", url);
  const lines: string[] = [];
  for (const what of searches) {
    const name = nameOf(what, size);
    // The first make connections and fill caches; the last is looked at.
    for (let time = 0; time < 7; time += 1) await order<Sample>(child, { name: what, once: true });
    const from = endOf(log);
    await order<Sample>(child, { name: what, once: true });
    const plans = plansSince(log, from);
    appendFileSync(file, plans.map(({ text }) => `== ${name}\n${text}\n\n`).join(""));
    lines.push(`${name}: ${plansLine(plans)}`);
  }
  await explainAll(url, false);
  return lines;
}
