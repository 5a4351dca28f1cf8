/**
 * `kill -9` of the application and of its database while confirmations stream: nothing that was
 * acknowledged is lost, and the books are right.
 */
import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Client } from "pg";
import { type Caller, caller } from "./api";
import { clusterOf, type Product, startProduct } from "./product";
import { dayFromNow } from "./ui";

const PASSWORD = "three odd words";
const STEP = 15;
/** As many quarter hours as the floor of ten hours allows. */
const COUNT = 40;

type Report = { id: string; version: number };

// Nothing here is seen in a browser.
test.use({ trace: "off", screenshot: "off" });

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

/** A community of two, with help that the giver wrote down and the receiver has to confirm. */
async function prepare(): Promise<{ slug: string; reports: Report[] }> {
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
  const carla = await caller(product.baseUrl, { email: "carla@example.org", password: PASSWORD });
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
  const karim = await caller(product.baseUrl, { email: "karim@example.org", password: PASSWORD });
  await karim.send("community.join", { community: slug, token });
  const { me } = await karim.ask<{ me: { id: string } }>("community.here", { community: slug });
  const reports: Report[] = [];
  for (let count = 0; count < COUNT; count += 1) {
    const { id } = await carla.send<{ id: string }>("exchange.record", {
      community: slug,
      id: randomUUID(),
      otherId: me.id,
      iAm: "giver",
      title: `Help ${count}`,
      category: "other",
      date: dayFromNow(-1),
      minutes: STEP,
      note: "",
      confirmedDuplicate: true,
    });
    reports.push({ id, version: 1 });
  }
  await Promise.all([nobody, carla, karim].map(({ close }) => close()));
  return { slug, reports };
}

/**
 * Confirms the reports, four at a time, until all were tried; `onAnswer` may kill something.
 * @returns the ids that were acknowledged, and those whose answer never came
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

/** The exchanges that are settled in the database, and what is wrong with the books. */
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

const signIn = () => caller(product.baseUrl, { email: "karim@example.org", password: PASSWORD });

test("nothing acknowledged is lost when application or database are killed", async () => {
  const { slug, reports } = await prepare();

  // The application dies in the middle.
  let karim = await signIn();
  const first = await stream(karim, slug, reports.slice(0, 20), (count) => {
    if (count === 6) process.kill(product.pid, "SIGKILL");
  });
  await karim.close();
  expect(first.unknown.length, "some confirmations were cut off").toBeGreaterThan(0);
  product = await startProduct(dataDir);
  const afterFirst = await look();
  expect(first.acknowledged.filter((id) => !afterFirst.settled.has(id))).toEqual([]);
  expect(afterFirst.wrong).toEqual([]);

  // The database dies in the middle; the application brings it back by itself.
  karim = await signIn();
  const second = await stream(karim, slug, reports.slice(20), (count) => {
    if (count === 6) process.kill(afterFirst.pid, "SIGKILL");
  });
  expect(second.unknown.length, "some confirmations were cut off").toBeGreaterThan(0);
  await expect.poll(async () => (await karim.http.get("/api/health")).status()).toBe(200);
  const afterSecond = await look();
  const acknowledged = [...first.acknowledged, ...second.acknowledged];
  expect(acknowledged.filter((id) => !afterSecond.settled.has(id))).toEqual([]);
  expect(afterSecond.wrong).toEqual([]);

  // What nobody knew the end of is sent again: each moves once, whether or not it had.
  const again = reports.filter(({ id }) => !afterSecond.settled.has(id));
  const last = await stream(karim, slug, again, () => undefined);
  expect(last.unknown).toEqual([]);
  const { settled, wrong } = await look();
  expect(settled.size).toBe(COUNT);
  expect(wrong).toEqual([]);
  await karim.close();

  // Stopped as Ctrl-C does and started once more: the account says the same, to whom it belongs.
  await product.stop();
  product = await startProduct(dataDir);
  karim = await signIn();
  const account = await karim.ask<{ balance: number; held: number }>("account.mine", {
    community: slug,
  });
  expect(account).toMatchObject({ balance: -COUNT * STEP, held: 0 });
  await karim.close();
});
