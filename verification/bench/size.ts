/** The cost of settling and reading in a small and in a big database. */
import type { Client } from "pg";
import { measureGrowth } from "./growth";
import { load, type Shape } from "./load";
import type { Part } from "./part";
import { crowdMeasure, measures } from "./size-measures";

const kinds = ["neighbourhoods", "crowd"] as const;

export const size: Part = (bench) =>
  measureGrowth(bench, {
    part: "size",
    about: `${bench.clients} clients; communities of 300 members with 1,000 transfers each, or one crowd of 3,000; what is measured has the same 1,000 transfers at each size`,
    child: "size-child",
    sizes: bench.sizes,
    families: kinds.map((kind) => ({
      name: kind,
      goals: measures,
      table: "transfer",
      work: [...measures, ...(kind === "crowd" ? [crowdMeasure] : [])],
      load: (client, transfers) => loadRight(client, { kind, transfers, seed: bench.seed }),
    })),
    most: 1.3,
  });

/** @throws when the loaded books are inconsistent */
async function loadRight(client: Client, shape: Shape): Promise<void> {
  await load(client, shape);
  await client.query("SET work_mem = '256MB'");
  const { rows } = await client.query("SELECT * FROM check_books() LIMIT 1");
  if (rows.length > 0) throw new Error(`The loader's books are wrong: ${JSON.stringify(rows)}`);
}
