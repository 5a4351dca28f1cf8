/** The product's start-up time and memory use. */

import { freePort } from "../../server/platform/db/embedded";
import { startProduct } from "../kit/product";
import { median, ratios, spreadOf, turned } from "./measure";
import { memory } from "./memory";
import { nextStart, untilAnswers } from "./next-app";
import type { Bench, Part } from "./part";
import { goal, type Row } from "./report";
import { makeFolder } from "./server";

/** Needs neither database nor session, so that `next start` can answer it too. */
const ASSET = "/icon.svg";

type Way = { name: string; seconds: number[]; once: () => Promise<number> };

export const start: Part = async (bench) => {
  // Started before; the other folders are new each time.
  const known = makeFolder(bench);
  await timed(known);
  const ways: Way[] = [
    { name: "fresh start", seconds: [], once: () => timed(makeFolder(bench)) },
    { name: "second start", seconds: [], once: () => timed(known) },
    { name: "next start alone", seconds: [], once: () => timedNext(bench) },
  ];
  for (let round = 0; round < bench.rounds; round += 1) {
    for (const way of turned(ways, round)) way.seconds.push(await way.once());
    bench.say(`round ${round + 1} of ${bench.rounds}`);
  }
  const [, second, alone] = ways;
  const used = await memory(bench);
  return {
    part: "start",
    about: `the first answer after starting, on the built product; then ${bench.requests} requests by ${bench.clients} clients to the demo`,
    rows: [...ways.map(rowOf), ...used.rows],
    goals: [
      goal("second start : next start alone", ratios(second?.seconds ?? [], alone?.seconds ?? []), {
        below: 5,
      }),
      ...used.goals,
    ],
    notes: ["memory is what the process says of itself after collecting garbage"],
  };
};

const rowOf = ({ name, seconds }: Way): Row => {
  const { least, most } = spreadOf(seconds);
  return { name, seconds: median(seconds), least, most };
};

/** Seconds until the product answers. */
async function timed(dataDir: string): Promise<number> {
  const port = await freePort();
  const began = performance.now();
  const started = startProduct(dataDir, { port });
  // An error is reported by the final await.
  started.catch(() => undefined);
  await untilAnswers(`http://127.0.0.1:${port}`, ASSET);
  const seconds = (performance.now() - began) / 1000;
  await (await started).stop();
  return seconds;
}

/** Seconds until plain Next answers with the product's built pages. */
async function timedNext(bench: Bench): Promise<number> {
  const began = performance.now();
  const { baseUrl, stop } = await nextStart(bench, process.cwd());
  await untilAnswers(baseUrl, ASSET);
  const seconds = (performance.now() - began) / 1000;
  await stop();
  return seconds;
}
