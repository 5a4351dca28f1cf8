/** Compares the cost of the same work in databases of different sizes, with the query plans. */
import type { ChildProcess } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "pg";
import { order, startChild } from "./child";
import { type Contender, interleave, ratesOf, ratios, type Sample, type Samples } from "./measure";
import type { Bench } from "./part";
import { endOf, explainAll, plansLine, plansSince } from "./plans";
import { type Findings, type Goal, goal, rateRows } from "./report";
import { ask, type BenchServer, startServer } from "./server";

/** Databases of one kind, from small to big. */
export type Family = {
  /** Distinguishes several families; "" for a single one. */
  name: string;
  /** Names of the contenders in the child. */
  work: readonly string[];
  /** The contenders that have a growth limit. */
  goals: readonly string[];
  /** The table that the loader fills last: if it has rows, the database is complete. */
  table: string;
  load: (client: Client, size: number) => Promise<void>;
};

export type Growth = Pick<Findings, "part" | "about"> & {
  /** The child's module: see child.ts. */
  child: string;
  sizes: number[];
  families: readonly Family[];
  /** Maximum ratio of the cost in the biggest database to that in the smallest. */
  most: number;
};

type Place = { family: Family; size: number; url: string; child: ChildProcess };

export async function measureGrowth(bench: Bench, growth: Growth): Promise<Findings> {
  const { part, about, sizes, families, most } = growth;
  const server = await startServer(bench, bench.keep);
  const places: Place[] = [];
  for (const family of families) {
    for (const size of sizes) {
      const url = await filled(bench, server, part, family, size);
      places.push({ family, size, url, child: await startChild(bench, growth.child, url) });
    }
  }
  const contenders = places.flatMap(contendersOf);
  const samples = await interleave(contenders, { ...bench, seconds: bench.seconds / 2 });
  const file = bench.beside(".plans.txt");
  const notes = [`the plans are in ${file}`];
  for (const place of places) {
    notes.push(...(await explain(bench, server, growth.child, place, file)));
  }
  return {
    part,
    about,
    rows: rateRows(samples),
    goals: families.flatMap((family) =>
      family.goals.map((what) => grown(samples, family, what, { sizes, most })),
    ),
    notes,
  };
}

const numbered = (size: number) => size.toLocaleString("en");
const nameOf = (what: string, { name }: Family, size: number) =>
  [what, name, numbered(size)].filter(Boolean).join(", ");

/** The ratio of the cost in the biggest database to that in the smallest, per round. */
function grown(
  samples: Samples,
  family: Family,
  what: string,
  { sizes, most }: Pick<Growth, "sizes" | "most">,
): Goal {
  const [small, big] = [Math.min(...sizes), Math.max(...sizes)];
  const kind = family.name ? ` (${family.name})` : "";
  return goal(
    `cost of ${what} at ${numbered(big)} : ${numbered(small)}${kind}`,
    ratios(
      ratesOf(samples, nameOf(what, family, small)),
      ratesOf(samples, nameOf(what, family, big)),
    ),
    { most },
  );
}

/** Opens the database of a size, and loads it unless an earlier run did. */
async function filled(
  bench: Bench,
  server: BenchServer,
  part: string,
  { name, table, load }: Family,
  size: number,
): Promise<string> {
  const { url } = await server.database([part, name, size].filter(Boolean).join("_"));
  await ask(url, async (client) => {
    const known = await client.query(`SELECT 1 FROM ${table} LIMIT 1`);
    if (known.rowCount) return;
    const began = performance.now();
    await load(client, size);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    bench.say(`loaded ${[numbered(size), name].filter(Boolean).join(", ")} (${seconds} s)`);
  });
  return url;
}

const contendersOf = ({ family, size, child }: Place): Contender[] =>
  family.work.map((what) => ({
    name: nameOf(what, family, size),
    prepare: (count) => order<void>(child, { name: what, prepare: count }),
    slice: (seconds) => order<Sample>(child, { name: what, seconds }),
  }));

/** Runs before the explained one, which open connections and fill caches. */
const WARM = 7;

/** Writes the plans of everything measured to a file, and prints a line for each. */
async function explain(
  bench: Bench,
  server: BenchServer,
  file: string,
  { family, size, url }: Place,
  plansFile: string,
): Promise<string[]> {
  await explainAll(url, true);
  const log = join(server.dataDir, "postgres.log");
  const child = await startChild({ ...bench, clients: 1 }, file, url);
  const lines: string[] = [];
  for (const what of family.work) {
    const once = () => order<Sample>(child, { name: what, once: true });
    await order<void>(child, { name: what, prepare: WARM + 1 });
    for (let time = 0; time < WARM; time += 1) await once();
    const from = endOf(log);
    await once();
    const plans = plansSince(log, from);
    const name = nameOf(what, family, size);
    appendFileSync(plansFile, plans.map(({ text }) => `== ${name}\n${text}\n\n`).join(""));
    lines.push(`${name}: ${plansLine(plans)}`);
  }
  await explainAll(url, false);
  return lines;
}
