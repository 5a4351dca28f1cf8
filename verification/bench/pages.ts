/** The most visited pages, compared with an empty Next page. */

import { answerOf, type Http, http, signIn } from "../kit/http";
import { startProduct } from "../kit/product";
import { byClients, type Contender, interleave } from "./measure";
import { buildEmptyApp, EMPTY_APP, nextStart, untilAnswers } from "./next-app";
import { weigh } from "./page-weight";
import type { Part } from "./part";
import { atLeast, goal, rateRows } from "./report";
import { makeFolder } from "./server";

const EMPTY = "empty page";
const slug = "lindenhof";
/** The demo's sign-in, and the pages that it opens. */
export const demo = {
  slug,
  person: { email: "rosa@demo.evenhour.example", password: "lindenhof-demo-26" },
  paths: { home: `/${slug}`, browse: `/${slug}/browse`, account: `/${slug}/account` },
};
/** Maximum kB of compressed JavaScript above the empty page's. */
const MAX_SCRIPTS = 60;

export const pages: Part = async (bench) => {
  bench.say("building the empty page…");
  await buildEmptyApp();
  const empty = await nextStart(bench, EMPTY_APP);
  bench.say("starting the demo…");
  const product = await startProduct(makeFolder(bench), {
    command: "demo",
    env: { EVENHOUR_READS_PER_MINUTE: "0" },
  });
  bench.atEnd(product.stop);
  await untilAnswers(empty.baseUrl, "/");
  const emptyHttp = http(empty.baseUrl, bench.clients);
  const ourHttp = http(product.baseUrl, bench.clients);
  const cookie = await signIn(ourHttp, product.baseUrl, demo.person);
  const paths = { ...demo.paths, ...(await things(ourHttp, cookie)) };
  const places = [
    { name: EMPTY, client: emptyHttp, path: "/", headers: {} },
    ...Object.entries(paths).map(([name, path]) => ({
      name,
      client: ourHttp,
      path,
      headers: { cookie },
    })),
  ];
  const contenders = places.map(
    ({ name, client, path, headers }): Contender => ({
      name,
      slice: (seconds) =>
        byClients(bench.clients, seconds, async () => {
          const sent = { headers: { ...headers, "accept-encoding": "gzip" } };
          const { status } = await client.send(path, sent);
          if (status !== 200) throw new Error(`${path} answers ${status}.`);
          return true;
        }),
    }),
  );
  const samples = await interleave(contenders, bench);
  const weights = new Map(
    await Promise.all(
      places.map(
        async ({ name, client, path, headers }) =>
          [name, await weigh(client, path, headers)] as const,
      ),
    ),
  );
  for (const { client } of places) client.close();
  const above = (name: string) =>
    ((weights.get(name)?.scripts ?? Number.NaN) - (weights.get(EMPTY)?.scripts ?? 0)) / 1000;
  return {
    part: "pages",
    about: `${bench.clients} clients, the demo's Rosa signed in; the empty page is Next's own, made for each request as ours are`,
    rows: rateRows(samples).map((row) => {
      const weight = weights.get(row.name);
      return {
        ...row,
        "HTML bytes": weight?.html ?? 0,
        gzipped: weight?.htmlGzipped ?? 0,
        "JavaScript, gzipped": weight?.scripts ?? 0,
        files: weight?.files ?? 0,
      };
    }),
    goals: [
      ...Object.keys(demo.paths).map((name) => atLeast(samples, name, EMPTY, 0.4)),
      ...Object.keys(paths).map((name) =>
        goal(`kB of JavaScript above the empty page's (${name})`, [above(name)], {
          most: MAX_SCRIPTS,
        }),
      ),
    ],
    notes: [],
  };
};

type Thing = { id: string };

/** Another member's listing and an open exchange; their ids differ in each demo. */
async function things(client: Http, cookie: string) {
  const ask = <Data>(procedure: string, asked = {}) =>
    answerOf<Data>(client, cookie, procedure, { community: slug, ...asked });
  const { listings } = await ask<{ listings: Thing[] }>("listing.browse");
  const mine = await ask<Thing[]>("listing.mine");
  const { exchanges } = await ask<{ exchanges: Thing[] }>("exchange.mine", { part: "open" });
  const listing = listings.find(({ id }) => mine.every((own) => own.id !== id));
  const [exchange] = exchanges;
  if (!listing || !exchange) throw new Error("The demo has no listing or exchange to look at.");
  return {
    listing: `/${slug}/listings/${listing.id}`,
    exchange: `/${slug}/exchanges/${exchange.id}`,
  };
}
