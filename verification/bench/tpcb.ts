/** TPC-B as in pgbench: its tables, its five statements through our driver, and pgbench itself. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Client } from "pg";
import { seededRandom } from "../../scripts/lib/random";
import { byClients, type Contender, type Sample } from "./measure";

/** pgbench's unit: 1 branch, 10 tellers and 100,000 accounts each. */
export const SCALE = 10;
const TELLERS = 10;
const ACCOUNTS = 100_000;

export async function fillTpcb(client: Client): Promise<void> {
  await client.query(`
    CREATE TABLE pgbench_branches (bid int NOT NULL PRIMARY KEY, bbalance int, filler char(88))
      WITH (fillfactor = 100);
    CREATE TABLE pgbench_tellers (tid int NOT NULL PRIMARY KEY, bid int, tbalance int, filler char(84))
      WITH (fillfactor = 100);
    CREATE TABLE pgbench_accounts (aid int NOT NULL PRIMARY KEY, bid int, abalance int, filler char(84))
      WITH (fillfactor = 100);
    CREATE TABLE pgbench_history (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22));
    INSERT INTO pgbench_branches SELECT n, 0, '' FROM generate_series(1, ${SCALE}) AS n;
    INSERT INTO pgbench_tellers SELECT n, 1 + (n - 1) / ${TELLERS}, 0, ''
      FROM generate_series(1, ${SCALE * TELLERS}) AS n;
    INSERT INTO pgbench_accounts SELECT n, 1 + (n - 1) / ${ACCOUNTS}, 0, ''
      FROM generate_series(1, ${SCALE * ACCOUNTS}) AS n;
    CREATE TABLE one_row (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, aid int, delta int,
      mtime timestamptz)`);
  await client.query("VACUUM (ANALYZE)");
}

const statements = [
  "UPDATE pgbench_accounts SET abalance = abalance + $1 WHERE aid = $2",
  "SELECT abalance FROM pgbench_accounts WHERE aid = $1",
  "UPDATE pgbench_tellers SET tbalance = tbalance + $1 WHERE tid = $2",
  "UPDATE pgbench_branches SET bbalance = bbalance + $1 WHERE bid = $2",
  `INSERT INTO pgbench_history (tid, bid, aid, delta, mtime)
   VALUES ($1, $2, $3, $4, CURRENT_TIMESTAMP)`,
];

/** The five statements in one transaction, prepared once per connection like all contenders'. */
export function tpcb(clients: Client[], seed: number): Contender {
  const random = seededRandom(seed).next;
  const upTo = (most: number) => 1 + Math.floor(random() * most);
  return {
    name: "TPC-B",
    slice: (seconds) =>
      byClients(clients.length, seconds, async (at) => {
        const client = clients[at];
        if (!client) return false;
        const [aid, tid, bid] = [upTo(SCALE * ACCOUNTS), upTo(SCALE * TELLERS), upTo(SCALE)];
        const delta = upTo(10_001) - 5001;
        const values = [[delta, aid], [aid], [delta, tid], [delta, bid], [tid, bid, aid, delta]];
        await client.query("BEGIN");
        for (const [index, text] of statements.entries()) {
          await client.query({ name: `tpcb-${index}`, text, values: values[index] ?? [] });
        }
        await client.query("END");
        return true;
      }),
  };
}

/** One row into a table with a key, each in its own transaction. */
export function oneRow(clients: Client[], seed: number): Contender {
  const random = seededRandom(seed).next;
  return {
    name: "one-row insert",
    slice: (seconds) =>
      byClients(clients.length, seconds, async (at) => {
        await clients[at]?.query({
          name: "one-row",
          text: "INSERT INTO one_row (aid, delta, mtime) VALUES ($1, $2, CURRENT_TIMESTAMP)",
          values: [Math.floor(random() * 1e6), Math.floor(random() * 1e4)],
        });
        return true;
      }),
  };
}

/** Debian's path; the embedded database has no pgbench. */
export function findPgbench(): string | null {
  const place = "/usr/lib/postgresql";
  const versions = existsSync(place) ? readdirSync(place).map(Number) : [];
  const found = versions
    .sort((a, b) => b - a)
    .map((version) => join(place, String(version), "bin/pgbench"))
    .find(existsSync);
  return found ?? null;
}

/** pgbench on the same tables, with prepared statements. */
export const pgbench = (
  program: string,
  url: string,
  clients: number,
  seed: number,
): Contender => ({
  name: "pgbench",
  slice: async (seconds) => {
    const folder = mkdtempSync(join(tmpdir(), "evenhour-pgbench-"));
    try {
      const { stdout } = await promisify(execFile)(
        program,
        [
          "-n",
          "-M",
          "prepared",
          "-c",
          String(clients),
          "-j",
          "1",
          "-T",
          String(Math.max(1, Math.round(seconds))),
          `--random-seed=${seed}`,
          "-l",
          `--log-prefix=${join(folder, "log")}`,
          url,
        ],
        { cwd: folder },
      );
      return sampleOf(
        stdout,
        readdirSync(folder).map((name) => join(folder, name)),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

/** Parses the log: client, transaction, microseconds, … */
function sampleOf(said: string, logs: string[]): Sample {
  const rate = Number(/tps = ([\d.]+)/.exec(said)?.[1]);
  const latencies = logs
    .flatMap((log) => readFileSync(log, "utf8").trim().split("\n"))
    .map((line) => Number(line.split(" ")[2]) / 1000);
  return { operations: latencies.length, seconds: latencies.length / rate, latencies };
}
