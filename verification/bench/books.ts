/** The cost of each layer from one row to a confirmation over HTTP, on one durable database. */
import { v7 } from "uuid";
import { seededRandom } from "../../scripts/lib/random";
import { http, signIn } from "../kit/http";
import { startProduct } from "../kit/product";
import { load, MEASURED_SLUG } from "./load";
import { byClients, type Contender, interleave } from "./measure";
import { buildEmptyApp, EMPTY_APP, nextStart, untilAnswers } from "./next-app";
import type { Bench, Part } from "./part";
import { giveSignIns, REPORTED_VERSION, type Reported } from "./prepare";
import { atLeast, rateRows } from "./report";
import { ask, connect, makeFolder, startServer } from "./server";
import { RECEIVERS, reported, settle } from "./settle";
import { fillTpcb, findPgbench, oneRow, pgbench, SCALE, tpcb } from "./tpcb";

/** Number of accounts for `post_transfer`. */
const ACCOUNTS = 1000;
const PASSWORD = "bench-sign-in-26";

export const books: Part = async (bench) => {
  const server = await startServer(bench);
  const tpcbUrl = (await server.database("tpcb")).url;
  const { url } = await server.database("books");
  bench.say("filling the tables…");
  await ask(tpcbUrl, fillTpcb);
  await ask(url, (client) => load(client, { kind: "crowd", transfers: 10_000, seed: bench.seed }));
  const { emails, closeProduct, confirm } = await startSignedIn(bench, url);
  const program = findPgbench();
  const [tpcbClients, bookClients] = [await connect(bench, tpcbUrl), await connect(bench, url)];
  const accounts = await readAccounts(url);
  const contenders = [
    oneRow(tpcbClients, bench.seed),
    tpcb(tpcbClients, bench.seed),
    ...(program ? [pgbench(program, tpcbUrl, bench.clients, bench.seed)] : []),
    postTransfer(bookClients, accounts, bench.seed),
    await settleHere(bench, url),
    await emptyRoute(bench),
    reported("confirm through HTTP", bench, url, confirm),
  ];
  const samples = await interleave(contenders, bench);
  closeProduct();
  const wrong = await ask(url, (client) => client.query("SELECT * FROM check_books()"));
  if (wrong.rowCount) throw new Error(`The books are wrong: ${JSON.stringify(wrong.rows[0])}`);
  return {
    part: "books",
    about: `${bench.clients} clients, PostgreSQL ${server.version} with the product's settings (durable); TPC-B at scale ${SCALE}, ${ACCOUNTS} accounts, ${emails} people who confirm`,
    rows: rateRows(samples),
    goals: [
      atLeast(samples, "post_transfer", "TPC-B", 1),
      atLeast(samples, "settle by the service", "post_transfer", 0.3),
      atLeast(samples, "confirm through HTTP", "settle by the service", 0.5),
    ],
    notes: [
      program ? `pgbench is ${program}, with prepared statements` : "pgbench is not installed here",
      "check_books() is empty after all of it",
    ],
  };
};

export type Account = { communityId: string; id: string };

/** The accounts of the first members; the last is the fund's. */
export const readAccounts = (url: string, count = ACCOUNTS): Promise<Account[]> =>
  ask(url, async (client) => {
    const { rows } = await client.query<Account>(
      `SELECT community_id AS "communityId", member.id
       FROM member JOIN community ON community.id = community_id
       WHERE slug = $1 AND number <= $2 ORDER BY number`,
      [MEASURED_SLUG, count],
    );
    return rows;
  });

/**
 * An exchange, its event and the ledger function in one transaction: past help between two random
 * members.
 */
const RECORD = `
  WITH made AS (
    INSERT INTO exchange (community_id, id, giver_id, receiver_id, status, version, title, category,
      starts_at, minutes, place, place_note, pending_by_id, created_at)
    VALUES ($1, $2, $4, $3, 'settled', 1, 'Help', 'other', now(), $5, 'giver', '', $3, now())
    RETURNING id
  )
  INSERT INTO exchange_event (community_id, exchange_id, version, at, member_id, kind, minutes)
  SELECT $1, id, 1, now(), $3, 'recorded', $5 FROM made
  RETURNING post_transfer($1, $2, 'exchange', $3, $4, $5, $2)`;

/** Two random accounts, and the ledger function with the event that authorizes it. */
export function postTransfer(
  clients: Parameters<typeof tpcb>[0],
  accounts: Account[],
  seed: number,
  { name = "post_transfer", debit }: { name?: string; debit?: Account } = {},
): Contender {
  const random = seededRandom(seed).next;
  const any = () => accounts[Math.floor(random() * accounts.length)];
  return {
    name,
    slice: (seconds) =>
      byClients(clients.length, seconds, async (at) => {
        const from = debit ?? any();
        let to = any();
        while (to === from) to = any();
        await clients[at]?.query({
          name: "post-transfer",
          text: RECORD,
          values: [from?.communityId, v7(), from?.id, to?.id, 15],
        });
        return true;
      }),
  };
}

/** The command in this process, which can use only one database. */
function settleHere(bench: Bench, url: string): Promise<Contender> {
  Object.assign(process.env, { DATABASE_URL: url, AUTH_SECRET: "x".repeat(32) });
  delete process.env.APP_DATABASE_URL;
  return settle(bench, url);
}

/** The upper bound for confirmations: an empty Next route, without a database. */
async function emptyRoute(bench: Bench): Promise<Contender> {
  bench.say("building the empty route…");
  await buildEmptyApp();
  const { baseUrl } = await nextStart(bench, EMPTY_APP);
  await untilAnswers(baseUrl, "/");
  const { send, close } = http(baseUrl, bench.clients);
  bench.atEnd(async () => close());
  const sent = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };
  return {
    name: "empty route of Next",
    slice: (seconds) =>
      byClients(bench.clients, seconds, async () => {
        const { status } = await send("/nothing", sent);
        if (status !== 200) throw new Error(`The empty route answers ${status}.`);
        return true;
      }),
  };
}

/** Starts the built product on the same database, with signed-in members. */
async function startSignedIn(bench: Bench, url: string) {
  const { hashPassword } = await import("../../server/identity/password");
  const passwordHash = await hashPassword(PASSWORD);
  const emails = await ask(url, (client) =>
    giveSignIns(client, MEASURED_SLUG, { count: RECEIVERS, passwordHash }),
  );
  bench.say("starting the product…");
  const product = await startProduct(makeFolder(bench), {
    env: { DATABASE_URL: url, TRUST_PROXY: "1", EVENHOUR_READS_PER_MINUTE: "0" },
  });
  bench.atEnd(product.stop);
  const { send, close } = http(product.baseUrl, bench.clients);
  const cookies: string[] = [];
  for (const [index, email] of emails.entries()) {
    // Each has their own network address, because of the rate limit for sign-ins.
    const address = `10.0.${index >> 8}.${index & 255}`;
    cookies.push(
      await signIn({ send, close }, product.baseUrl, { email, password: PASSWORD }, address),
    );
  }
  const confirm = async ({ id, number }: Reported) => {
    const answer = await send("/api/trpc/exchange.confirm", {
      method: "POST",
      headers: {
        origin: product.baseUrl,
        "content-type": "application/json",
        cookie: cookies[number - 1] ?? "",
      },
      body: JSON.stringify({ json: { community: MEASURED_SLUG, id, version: REPORTED_VERSION } }),
    });
    if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.body.toString()}`);
  };
  return { emails: emails.length, closeProduct: close, confirm };
}
