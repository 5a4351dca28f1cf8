/** The product's memory use under many requests. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { http, sendRequest, signIn } from "../kit/http";
import { type Product, startProduct } from "../kit/product";
import { byClients } from "./measure";
import { demo } from "./pages";
import type { Bench } from "./part";
import { type Goal, goal, type Row } from "./report";
import { makeFolder } from "./server";

/** Maximum ratio of the memory at the end to that after a quarter of the requests. */
const MAX_GROWTH = 1.1;
const MB = 2 ** 20;

type Use = { requests: number } & Figures;
/** Bytes after a garbage collection; before it, the resident bytes and the processor time since the start. */
type Figures = { rss: number; heapUsed: number; rssBefore: number; processorSeconds: number };

/** The environment of a product whose figures are read. */
export const probed = (probe: string) => ({
  NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, "probe.mjs"))}`,
  EVENHOUR_BENCH_PROBE: probe,
});

/** Starts the demo and requests pages and queries, as browsers do. */
export async function memory(bench: Bench): Promise<{ rows: Row[]; goals: Goal[] }> {
  const folder = makeFolder(bench);
  const probe = join(folder, "probe.json");
  const product = await startProduct(makeFolder(bench), {
    command: "demo",
    env: {
      ...probed(probe),
      EVENHOUR_READS_PER_MINUTE: "0",
    },
  });
  bench.atEnd(product.stop);
  const client = http(product.baseUrl, bench.clients);
  const cookie = await signIn(client, product.baseUrl, demo.person);
  const paths = [...Object.values(demo.paths), ...questions(demo.slug)];
  const uses = [await use(product, probe, 0)];
  let sent = 0;
  for (const share of [0.25, 0.5, 0.75, 1]) {
    const until = Math.round(bench.requests * share);
    await byClients(bench.clients, Number.POSITIVE_INFINITY, async () => {
      if (sent >= until) return false;
      const path = paths[sent % paths.length] ?? "/";
      sent += 1;
      const { status } = await client.send(path, {
        headers: { cookie, "accept-encoding": "gzip" },
      });
      if (status !== 200) throw new Error(`${path} answers ${status}.`);
      return true;
    });
    uses.push(await use(product, probe, sent));
    bench.say(`${sent} requests of ${bench.requests}`);
  }
  client.close();
  await product.stop();
  const [, quarter, , , whole] = uses;
  const grown = (what: "rss" | "heapUsed") =>
    goal(
      `${what === "rss" ? "resident memory" : "heap"} after ${sent} requests : after a quarter of them`,
      [(whole?.[what] ?? Number.NaN) / (quarter?.[what] ?? Number.NaN)],
      { most: MAX_GROWTH },
    );
  return {
    rows: uses.map(({ requests, rss, heapUsed }) => ({
      name: `memory after ${requests} requests`,
      "resident MB": rss / MB,
      "heap MB": heapUsed / MB,
    })),
    goals: [grown("heapUsed"), grown("rss")],
  };
}

const questions = (slug: string) =>
  ["home.get", "account.mine", "listing.browse"].map((procedure) =>
    sendRequest(procedure, { community: slug }),
  );

const use = async (product: Product, probe: string, requests: number): Promise<Use> => ({
  requests,
  ...(await readFigures(product, probe)),
});

/** Reads the process's own figures. */
export async function readFigures({ pid }: Product, probe: string): Promise<Figures> {
  rmSync(probe, { force: true });
  process.kill(pid, "SIGUSR2");
  for (let tries = 0; !existsSync(probe); tries += 1) {
    if (tries > 3000) throw new Error("The product does not say what memory it uses.");
    await sleep(10);
  }
  return JSON.parse(readFileSync(probe, "utf8")) as Figures;
}
