import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "../../../scripts/lib/random";
import { runningPostmaster } from "../../../server/platform/db/postmaster";
import { owner } from "../../../server/platform/db/testing/pools";
import { clearRateLimits } from "../../kit/database";
import { type Fixture, openFixture, send, setLimits } from "../../kit/fixture";
import { http } from "../../kit/http";
import { clusterOf, type Product } from "../../kit/product";
import { requireConsistentBooks } from "../consistent-books";
import { check, exercised, type Proof } from "../proof";

const CLIENTS = 16;
const MEMBERS = 9;
const STEP = 15;
/** Attempts, 100 ms apart, before the restart counts as failed. Generous, for slow machines. */
const RETRIES = 6000;
/** Reports that wait at the start of a round: more than can be confirmed before the crash. */
const STOCK = 200;

type Report = { id: string; receiver: number };
type Victim = "database" | "application";

export const proof: Proof<{ database: number; application: number }> = {
  name: "crashes",
  claim:
    "When the database or the application is killed during a stream of confirmations, no acknowledged one is lost, and the unanswered ones are found by their id and settle once.",
  long: { database: 200, application: 100 },
  short: { database: 2, application: 1 },
  bug: {
    name: "the database acknowledges before writing (synchronous_commit off)",
    counts: { database: 12, application: 0 },
  },
  async run({ counts, seed, planted, say, atEnd }) {
    const fixture = await openFixture({ atEnd }, MEMBERS);
    let product = await fixture.start();
    await setLimits(fixture, -10_000_000, null);
    if (planted) {
      await owner().query("ALTER SYSTEM SET synchronous_commit = off");
      await owner().query("SELECT pg_reload_conf()");
    }
    const random = seededRandom(seed).next;
    const waiting: Report[] = [];
    const all: string[] = [];
    const victims: Victim[] = shuffled(counts, random);
    let [hits, acknowledged, unknown, arrived] = [0, 0, 0, 0];

    for (const [round, victim] of victims.entries()) {
      await clearRateLimits();
      waiting.push(...(await report(fixture, STOCK - waiting.length)));
      const before = product;
      const started = await databaseStartTime();
      const crash = () => process.kill(pidOf(victim, before, fixture), "SIGKILL");
      // Crash after this many answers, during the requests then in progress.
      const after = { answers: 5 + Math.floor(random() * 60), pause: random() * 20 };
      const streamed = await streamUntil(fixture, product, waiting, after, crash);
      if (streamed.cut > 0) hits += 1;
      product =
        victim === "application" ? await fixture.start() : await waitForRestart(product, started);
      const found = await findSettled(fixture, [...all, ...streamed.acknowledged]);
      const lost = [...all, ...streamed.acknowledged].filter((id) => !found.has(id));
      check(lost.length === 0, `round ${round} (${victim}): ${lost.length} acknowledged were lost`);
      await requireConsistentBooks(`in round ${round}`);
      // Clients without an answer retry with the same id: it settles now, or had settled already.
      acknowledged += streamed.acknowledged.length;
      unknown += streamed.unknown.length;
      const had = await findSettled(
        fixture,
        streamed.unknown.map(({ id }) => id),
      );
      arrived += had.size;
      await retryUnanswered(fixture, product, streamed.unknown);
      const now = await findSettled(
        fixture,
        streamed.unknown.map(({ id }) => id),
      );
      check(now.size === streamed.unknown.length, `round ${round}: one without an answer is gone`);
      all.push(...streamed.acknowledged, ...streamed.unknown.map(({ id }) => id));
      if ((round + 1) % 10 === 0) say(`${round + 1} crashes, ${all.length} confirmations`);
    }

    await requireConsistentBooks("at the end");
    const { rows } = await owner().query<{ count: number; minutes: number }>(
      "SELECT count(*)::int AS count, coalesce(sum(minutes), 0)::int AS minutes FROM transfer",
    );
    check(
      rows[0]?.count === all.length && rows[0].minutes === all.length * STEP,
      `${all.length} confirmations made ${JSON.stringify(rows[0])}`,
    );
    exercised(acknowledged > 0, "nothing was acknowledged before a crash");
    exercised(
      hits >= victims.length * 0.9,
      `only ${hits} of ${victims.length} crashes hit a write that was under way`,
    );
    return {
      crashes: victims.length,
      "with writes under way": hits,
      confirmations: all.length,
      "acknowledged before a crash": acknowledged,
      "without an answer": unknown,
      "of those settled": arrived,
      lost: 0,
    };
  },
};

function shuffled({ database, application }: Record<Victim, number>, random: () => number) {
  const victims: Victim[] = [
    ...Array.from({ length: database }, () => "database" as const),
    ...Array.from({ length: application }, () => "application" as const),
  ];
  return victims
    .map((victim) => ({ victim, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ victim }) => victim);
}

function pidOf(victim: Victim, product: Product, { dataDir }: Fixture): number {
  const pid = victim === "application" ? product.pid : runningPostmaster(clusterOf(dataDir))?.pid;
  if (!pid) throw new Error("There is no database process to kill.");
  return pid;
}

/** Creates reports by the first member that the others have to confirm. */
async function report({ id: community, people }: Fixture, count: number): Promise<Report[]> {
  const reports = Array.from({ length: count }, (_, index) => ({
    id: randomUUID(),
    receiver: 1 + (index % (people.length - 1)),
  }));
  await owner().query(
    `WITH made AS (
       INSERT INTO exchange (community_id, id, giver_id, receiver_id, status, version, title, category,
         starts_at, minutes, place, place_note, pending_by_id, reported_minutes, reported_at, created_at)
       SELECT $1, id, $2, receiver, 'reported', 1, 'Help', 'other', now() - interval '1 day', $5,
         'elsewhere', '', $2, $5, now(), now()
       FROM unnest($3::uuid[], $4::uuid[]) AS report (id, receiver)
       RETURNING *
     )
     INSERT INTO exchange_event (community_id, exchange_id, version, at, member_id, kind, minutes,
       starts_at)
     SELECT community_id, id, version, created_at, giver_id, 'recorded', minutes, starts_at FROM made`,
    [
      community,
      people[0]?.id,
      reports.map(({ id }) => id),
      reports.map(({ receiver }) => people[receiver]?.id),
      STEP,
    ],
  );
  return reports;
}

/**
 * Confirms the waiting reports with many clients until the crash.
 * @returns the acknowledged reports, the unanswered ones, and how many were in progress at the crash
 */
async function streamUntil(
  fixture: Fixture,
  product: Product,
  waiting: Report[],
  after: { answers: number; pause: number },
  crash: () => void,
) {
  const client = http(product.baseUrl, CLIENTS);
  const acknowledged: string[] = [];
  const unknown: Report[] = [];
  let isOver = false;
  let isEnough: () => void = () => undefined;
  const enough = new Promise<void>((done) => {
    isEnough = done;
  });
  const confirmNext = async () => {
    for (let next = waiting.shift(); next; next = isOver ? undefined : waiting.shift()) {
      const word = await confirm(client, product, fixture, next);
      if (word === "ok") acknowledged.push(next.id);
      else unknown.push(next);
      if (acknowledged.length >= after.answers) isEnough();
      check(word === "ok" || isOver, `a confirmation was answered ${word} before any crash`);
    }
  };
  const clients = Promise.all(Array.from({ length: CLIENTS }, confirmNext));
  await Promise.race([enough, clients]);
  await sleep(after.pause);
  isOver = true;
  crash();
  await clients;
  client.close();
  return { acknowledged, unknown, cut: unknown.length };
}

/** @returns the answer's word, or "no answer" */
async function confirm(
  client: ReturnType<typeof http>,
  { baseUrl }: Product,
  { slug, people }: Fixture,
  { id, receiver }: Report,
): Promise<string> {
  const { cookie = "" } = people[receiver] ?? {};
  return send(client, baseUrl, cookie, "exchange.confirm", {
    community: slug,
    id,
    version: 1,
  }).then(
    ({ word }) => word,
    () => "no answer",
  );
}

/**
 * The start time of the database, or null while it cannot be reached. A connection of a killed server
 * may still answer for a moment, with the previous start time.
 */
const databaseStartTime = (): Promise<number | null> =>
  owner()
    .query<{ at: Date }>("SELECT pg_postmaster_start_time() AS at")
    .then(
      ({ rows }) => rows[0]?.at.getTime() ?? null,
      () => null,
    );

/** Waits until the database has restarted and the product reports itself healthy. */
async function waitForRestart(product: Product, before: number | null): Promise<Product> {
  const client = http(product.baseUrl, 1);
  for (let tries = 0; ; tries += 1) {
    const started = await databaseStartTime();
    const status = await client.send("/api/health").then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200 && started !== null && started !== before) break;
    check(tries < RETRIES, "the database did not come back");
    await sleep(100);
  }
  client.close();
  return product;
}

async function retryUnanswered(
  fixture: Fixture,
  product: Product,
  reports: Report[],
): Promise<void> {
  const client = http(product.baseUrl, CLIENTS);
  for (const report of reports) {
    let word = await confirm(client, product, fixture, report);
    // The pool notices a connection that died with the database only when it uses it.
    for (let tries = 0; word.startsWith("status 5") && tries < RETRIES; tries += 1) {
      await sleep(100);
      word = await confirm(client, product, fixture, report);
    }
    check(["ok", "exchangeOver", "exchangeChanged"].includes(word), `sent again: ${word}`);
  }
  client.close();
}

/** @returns the given ids that are settled by one transfer of the right minutes */
async function findSettled({ id }: Fixture, ids: string[]): Promise<Set<string>> {
  const { rows } = await owner().query<{ id: string }>(
    `SELECT exchange.id FROM exchange JOIN transfer USING (community_id, id)
     WHERE community_id = $1 AND exchange.id = ANY ($2) AND status = 'settled'
       AND transfer.exchange_id = exchange.id AND transfer.minutes = $3`,
    [id, ids, STEP],
  );
  return new Set(rows.map((row) => row.id));
}
