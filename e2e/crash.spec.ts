/**
 * `kill -9` of the application and of its database during a stream of confirmations: nothing acknowledged
 * is lost, the books are consistent, and both accounts are right after a restart.
 */
import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { clusterOf, type Product, startProduct } from "../verification/kit/product";
import { type Caller, caller, openSession } from "./api";
import { expectBalance } from "./app";
import { dayFromNow, expect, test } from "./ui";

const PASSWORD = "three odd words";
const STEP = 15;
/** Per round, of two: in total nearly as many quarter hours as the floor of ten hours permits. */
const COUNT = 19;

type Report = { id: string; version: number };

let folder: string;
let dataDir: string;
let product: Product;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "evenhour-crash-"));
  chmodSync(folder, 0o755);
  dataDir = join(folder, "data");
  product = await startProduct(dataDir);
});

test.afterAll(async () => {
  await product.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Creates a community of two who have helped each other once. @returns its slug and Karim's member id */
async function prepare(): Promise<{ slug: string; karimId: string }> {
  const nobody = await caller(product.baseUrl);
  const { slug } = await nobody.send<{ slug: string }>("setup.claim", {
    token: product.setupLink?.split("/").at(-1),
    name: "Crash Street",
    language: "en",
    timeZone: "Europe/Madrid",
    yourName: "Carla",
    email: "carla@example.org",
    password: PASSWORD,
  });
  const carla = await signIn("carla");
  const { token } = await carla.send<{ token: string }>("community.invite", {
    community: slug,
    label: "",
    days: 7,
    maxUses: 1,
  });
  await nobody.send("person.signUp", {
    name: "Karim",
    email: "karim@example.org",
    password: PASSWORD,
  });
  const karim = await signIn("karim");
  await karim.send("community.join", { community: slug, token });
  const { me } = await karim.ask<{ me: { id: string } }>("community.here", { community: slug });
  const help = recorded(slug, me.id, "giver", "Help before");
  const { id } = await carla.send<{ id: string }>("exchange.record", help);
  await karim.send("exchange.confirm", { community: slug, id, version: 1 });
  await Promise.all([nobody, carla, karim].map(({ close }) => close()));
  return { slug, karimId: me.id };
}

const recorded = (community: string, otherId: string, mySide: string, title: string) => ({
  community,
  id: randomUUID(),
  otherId,
  mySide,
  title,
  category: "other",
  date: dayFromNow(-1),
  minutes: STEP,
  note: "",
  confirmedDuplicate: true,
});

/** Creates reports by Carla that Karim has to confirm. */
async function report(slug: string, karimId: string, round: number): Promise<Report[]> {
  const carla = await signIn("carla");
  const reports: Report[] = [];
  for (let count = 0; count < COUNT; count += 1) {
    const help = recorded(slug, karimId, "giver", `Help ${round}.${count}`);
    const { id } = await carla.send<{ id: string }>("exchange.record", help);
    reports.push({ id, version: 1 });
  }
  await carla.close();
  return reports;
}

/**
 * Confirms the reports, four at a time, until all were tried; `onAnswer` may kill a process.
 * @returns the acknowledged ids, and the unanswered ones
 */
async function stream(
  karim: Caller,
  community: string,
  reports: Report[],
  onAnswer: (count: number) => void,
) {
  const acknowledged: string[] = [];
  const unknown: string[] = [];
  const waiting = [...reports];
  const confirmNext = async () => {
    for (let report = waiting.shift(); report; report = waiting.shift()) {
      try {
        await karim.send("exchange.confirm", { community, ...report });
        acknowledged.push(report.id);
        onAnswer(acknowledged.length);
      } catch {
        unknown.push(report.id);
      }
    }
  };
  await Promise.all([1, 2, 3, 4].map(confirmNext));
  return { acknowledged, unknown };
}

/** The ids of the settled exchanges, and the violations in the books. */
async function look() {
  const client = new Client({ connectionString: product.databaseUrl });
  await client.connect();
  try {
    const settled = await client.query<{ id: string }>(
      "SELECT e.id FROM exchange e JOIN transfer t ON t.exchange_id = e.id WHERE e.status = 'settled'",
    );
    const wrong = await client.query("SELECT * FROM check_books()");
    const pid = Number(
      readFileSync(join(clusterOf(dataDir), "postmaster.pid"), "utf8").split("\n")[0],
    );
    return { settled: new Set(settled.rows.map(({ id }) => id)), wrong: wrong.rows, pid };
  } finally {
    await client.end();
  }
}

type Name = "carla" | "karim";
const credentialsOf = (name: Name) => ({ email: `${name}@example.org`, password: PASSWORD });
const signIn = (name: Name) => caller(product.baseUrl, credentialsOf(name));

test("no acknowledged confirmation is lost when the application or the database is killed", async ({
  newPerson,
}) => {
  const { slug, karimId } = await prepare();
  /** Retries the unanswered reports: each settles exactly once, whether or not it had settled. */
  const retryUnanswered = async (karim: Caller, reports: Report[], settled: Set<string>) => {
    const again = reports.filter(({ id }) => !settled.has(id));
    expect((await stream(karim, slug, again, () => undefined)).unknown).toEqual([]);
  };

  // Kill the application.
  const early = await report(slug, karimId, 1);
  let karim = await signIn("karim");
  const first = await stream(karim, slug, early, (count) => {
    if (count === 6) process.kill(product.pid, "SIGKILL");
  });
  await karim.close();
  expect(first.unknown.length, "some confirmations were cut off").toBeGreaterThan(0);
  product = await startProduct(dataDir);
  const afterFirst = await look();
  expect(first.acknowledged.filter((id) => !afterFirst.settled.has(id))).toEqual([]);
  expect(afterFirst.wrong).toEqual([]);
  karim = await signIn("karim");
  await retryUnanswered(karim, early, afterFirst.settled);

  // Kill the database; the application restarts it.
  const late = await report(slug, karimId, 2);
  const second = await stream(karim, slug, late, (count) => {
    if (count === 6) process.kill(afterFirst.pid, "SIGKILL");
  });
  expect(second.unknown.length, "some confirmations were cut off").toBeGreaterThan(0);
  await expect.poll(async () => (await karim.http.get("/api/health")).status()).toBe(200);
  const afterSecond = await look();
  const acknowledged = [...first.acknowledged, ...second.acknowledged];
  expect(acknowledged.filter((id) => !afterSecond.settled.has(id))).toEqual([]);
  expect(afterSecond.wrong).toEqual([]);
  await retryUnanswered(karim, late, afterSecond.settled);
  const { settled, wrong } = await look();
  // Including the exchange of the preparation.
  expect(settled.size).toBe(2 * COUNT + 1);
  expect(wrong).toEqual([]);
  await karim.close();

  // Stopped as by Ctrl-C and restarted: both accounts show the same.
  const carlaPage = await newPerson();
  await openSession(carlaPage.request, product.baseUrl, credentialsOf("carla"));
  const karimPage = await newPerson();
  await openSession(karimPage.request, product.baseUrl, credentialsOf("karim"));
  await product.stop();
  product = await startProduct(dataDir, { port: Number(new URL(product.baseUrl).port) });
  karim = await signIn("karim");
  const account = await karim.ask<{ balance: number; held: number }>("account.mine", {
    community: slug,
  });
  expect(account).toMatchObject({ balance: -(2 * COUNT + 1) * STEP, held: 0 });
  await karim.close();
  // 39 quarter hours, in browsers that signed in before the restart.
  const community = `${product.baseUrl}/${slug}`;
  await expectBalance(carlaPage, community, { balance: "+9 h 45 min", promised: "0 min" });
  await expectBalance(karimPage, community, { balance: "−9 h 45 min", promised: "0 min" });
});
