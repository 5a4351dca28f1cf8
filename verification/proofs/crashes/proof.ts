import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { runningPostmaster } from "../../../server/platform/db/postmaster";
import { owner } from "../../../server/platform/db/testing/pools";
import { forgetRates } from "../../kit/database";
import { type Fixture, openFixture, send, setLimits } from "../../kit/fixture";
import { http } from "../../kit/http";
import { clusterOf, type Product } from "../../kit/product";
import { requireConsistentBooks } from "../consistent-books";
import { chanceFrom, check, exercised, type Proof } from "../proof";

const CLIENTS = 16;
const MEMBERS = 9;
const STEP = 15;
/** A tenth of a second apart: the end of what has come to a halt, however busy the machine is. */
const RETRIES = 6000;
/** Reports that wait at the beginning of a round: more than are confirmed before the crash. */
const STOCK = 200;

type Report = { id: string; receiver: number };
type Victim = "database" | "application";

export const proof: Proof<{ database: number; application: number }> = {
  name: "crashes",
  claim:
    "When the database or the application is killed while confirmations stream, none that was acknowledged is lost, and those without an answer are found by their id and settle once.",
  long: { database: 200, application: 100 },
  short: { database: 2, application: 1 },
  bug: {
    name: "the database acknowledges before it has written (synchronous_commit off)",
    counts: { database: 12, application: 0 },
  },
  async run({ counts, seed, planted, say, atEnd }) {
    const village = await openFixture({ atEnd }, MEMBERS);
    let product = await village.start();
    await setLimits(village, -10_000_000, null);
    if (planted) {
      await owner().query("ALTER SYSTEM SET synchronous_commit = off");
      await owner().query("SELECT pg_reload_conf()");
    }
    const chance = chanceFrom(seed);
    const waiting: Report[] = [];
    const all: string[] = [];
    const victims: Victim[] = shuffled(counts, chance);
    let [hits, acknowledged, unknown, arrived] = [0, 0, 0, 0];

    for (const [round, victim] of victims.entries()) {
      await forgetRates();
      waiting.push(...(await report(village, STOCK - waiting.length)));
      const before = product;
      const started = await startOfDatabase();
      const crash = () => process.kill(pidOf(victim, before, village), "SIGKILL");
      // After so many answers, and in the middle of what is then under way.
      const after = { answers: 5 + Math.floor(chance() * 60), pause: chance() * 20 };
      const streamed = await streamUntil(village, product, waiting, after, crash);
      if (streamed.cut > 0) hits += 1;
      product = victim === "application" ? await village.start() : await comeBack(product, started);
      const found = await settledOf(village, [...all, ...streamed.acknowledged]);
      const lost = [...all, ...streamed.acknowledged].filter((id) => !found.has(id));
      check(lost.length === 0, `round ${round} (${victim}): ${lost.length} acknowledged were lost`);
      await requireConsistentBooks(`in round ${round}`);
      // Whoever got no answer asks again with the same id: it settles now, or had settled.
      acknowledged += streamed.acknowledged.length;
      unknown += streamed.unknown.length;
      const had = await settledOf(
        village,
        streamed.unknown.map(({ id }) => id),
      );
      arrived += had.size;
      await sendAgain(village, product, streamed.unknown);
      const now = await settledOf(
        village,
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

function shuffled({ database, application }: Record<Victim, number>, chance: () => number) {
  const victims: Victim[] = [
    ...Array.from({ length: database }, () => "database" as const),
    ...Array.from({ length: application }, () => "application" as const),
  ];
  return victims
    .map((victim) => ({ victim, place: chance() }))
    .sort((one, other) => one.place - other.place)
    .map(({ victim }) => victim);
}

function pidOf(victim: Victim, product: Product, { dataDir }: Fixture): number {
  const pid = victim === "application" ? product.pid : runningPostmaster(clusterOf(dataDir))?.pid;
  if (!pid) throw new Error("There is no database to kill.");
  return pid;
}

/** Help that the first member wrote down and the others have to confirm. */
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
 * Confirms what waits with many clients until the crash.
 * @returns what was acknowledged, what got no answer, and how many were under way at the crash
 */
async function streamUntil(
  village: Fixture,
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
      const word = await confirm(client, product, village, next);
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

/** @returns the reply's word, or "no answer" */
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
 * When the database was started; null while it cannot be asked. For a moment a connection of a
 * server that was killed still answers, with the time of the old start.
 */
const startOfDatabase = (): Promise<number | null> =>
  owner()
    .query<{ at: Date }>("SELECT pg_postmaster_start_time() AS at")
    .then(
      ({ rows }) => rows[0]?.at.getTime() ?? null,
      () => null,
    );

/** Waits until the database was started again and the product is content with it. */
async function comeBack(product: Product, before: number | null): Promise<Product> {
  const client = http(product.baseUrl, 1);
  for (let tries = 0; ; tries += 1) {
    const started = await startOfDatabase();
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

async function sendAgain(village: Fixture, product: Product, reports: Report[]): Promise<void> {
  const client = http(product.baseUrl, CLIENTS);
  for (const report of reports) {
    let word = await confirm(client, product, village, report);
    // A connection that died with the database is noticed by whoever uses it next.
    for (let tries = 0; word.startsWith("status 5") && tries < RETRIES; tries += 1) {
      await sleep(100);
      word = await confirm(client, product, village, report);
    }
    check(["ok", "exchangeOver", "exchangeChanged"].includes(word), `sent again: ${word}`);
  }
  client.close();
}

/** Those of the ids that are settled, each by one transfer of the right minutes. */
async function settledOf({ id }: Fixture, ids: string[]): Promise<Set<string>> {
  const { rows } = await owner().query<{ id: string }>(
    `SELECT exchange.id FROM exchange JOIN transfer USING (community_id, id)
     WHERE community_id = $1 AND exchange.id = ANY ($2) AND status = 'settled'
       AND transfer.exchange_id = exchange.id AND transfer.minutes = $3`,
    [id, ids, STEP],
  );
  return new Set(rows.map((row) => row.id));
}
