/** What the bundle of the server spares: the product is started from it and from its sources in turns. */
import { join } from "node:path";
import { startProduct } from "../kit/product";
import { median, ratios, spreadOf, turned } from "./measure";
import { probed, readFigures } from "./memory";
import type { Part } from "./part";
import { goal, type Row } from "./report";
import { makeFolder } from "./server";

const MB = 2 ** 20;

type Way = {
  name: string;
  script?: string;
  /** Its own data folder, with a database that was started before. */
  dataDir: string;
  processor: number[];
  resident: number[];
  collected: number[];
};

export const bundle: Part = async (bench) => {
  const way = (name: string, script?: string): Way => ({
    name,
    ...(script ? { script } : {}),
    dataDir: makeFolder(bench),
    processor: [],
    resident: [],
    collected: [],
  });
  const ways = [
    way("from the bundle"),
    way("from TypeScript (tsx)", "verification/bench/from-sources.mjs"),
  ];
  const start = async ({ dataDir, script }: Way) => {
    const probe = join(dataDir, "probe.json");
    const product = await startProduct(dataDir, {
      ...(script ? { script } : {}),
      env: probed(probe),
    });
    try {
      return await readFigures(product, probe);
    } finally {
      await product.stop();
    }
  };
  for (const each of ways) await start(each);
  for (let round = 0; round < bench.rounds; round += 1) {
    for (const each of turned(ways, round)) {
      const { processorSeconds, rssBefore, rss } = await start(each);
      each.processor.push(processorSeconds);
      each.resident.push(rssBefore / MB);
      each.collected.push(rss / MB);
    }
    bench.say(`round ${round + 1} of ${bench.rounds}`);
  }
  const [bundled, loaded] = ways;
  return {
    part: "bundle",
    about: `${bench.rounds} starts of each, in turns, until "Evenhour is ready", with built pages and a database that exists`,
    rows: ways.map(rowOf),
    goals: [
      goal(
        "processor time, bundle : tsx",
        ratios(bundled?.processor ?? [], loaded?.processor ?? []),
        {
          below: 1,
        },
      ),
      goal(
        "resident memory, bundle : tsx",
        ratios(bundled?.resident ?? [], loaded?.resident ?? []),
        {
          below: 1,
        },
      ),
    ],
    notes: ["the process of the product only: PostgreSQL is the same in both"],
  };
};

const rowOf = ({ name, processor, resident, collected }: Way): Row => {
  const time = spreadOf(processor);
  const memory = spreadOf(resident);
  return {
    name,
    "processor s": time.median,
    "least s": time.least,
    "most s": time.most,
    "resident MB": memory.median,
    "least MB": memory.least,
    "most MB": memory.most,
    "after collecting MB": median(collected),
  };
};
