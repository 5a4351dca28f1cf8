/** The embedded database on its own data folder: file modes and log rotation. */
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { lockDataFolder, makeDataFolderPrivate } from "../../../scripts/lib/data-folder";
import { STEP_LIMIT_MS } from "../../../scripts/lib/test-limits";
import { type EmbeddedDatabase, startEmbedded } from "./embedded";
import { isAlive } from "./postmaster";

let root = "";
let database: EmbeddedDatabase;
const before = process.umask();
const place = (...path: string[]) => join(root, "data", ...path);
const modeOf = (...path: string[]) => statSync(place(...path)).mode & 0o777;

// An interrupted test must leave no server running.
const end = () => {
  if (database && isAlive(database.pid())) process.kill(database.pid(), "SIGQUIT");
};

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "evenhour-embedded-"));
  // Under root the server runs as another user, which must be able to read this folder.
  chmodSync(root, 0o755);
  process.once("exit", end);
  process.umask(0);
  for (const folder of [place(), place("backups")]) {
    mkdirSync(folder);
    chmodSync(folder, 0o777);
  }
  // As `npm start` does.
  expect(lockDataFolder(place())).toBeNull();
  makeDataFolderPrivate(place(), (line) => expect.fail(line));
  database = await startEmbedded({ dataDir: place(), settings: { fsync: "off" } });
});

afterAll(async () => {
  await database?.stop();
  process.umask(before);
  process.removeListener("exit", end);
  rmSync(root, { recursive: true, force: true });
});

it("makes a data folder and its backups private, independent of their modes and the umask", () => {
  // Under root the server's group may traverse the folder, but not list it.
  expect(modeOf() & 0o067).toBe(0);
  expect(modeOf("backups")).toBe(0o700);
  expect(statSync(database.cluster).mode & 0o777).toBe(0o700);
  for (const file of ["database.json", "postgres.log", "evenhour.lock"]) {
    expect([file, modeOf(file)]).toEqual([file, 0o600]);
  }
});

it("rotates its log above the limit while the server runs", async () => {
  const log = place("postgres.log");
  appendFileSync(log, "x".repeat(11_000_000));
  await vi.waitFor(() => expect(existsSync(`${log}.1`)).toBe(true), {
    timeout: 60_000,
    interval: 200,
  });
  expect(statSync(`${log}.1`).size).toBeGreaterThan(10_000_000);
  expect(modeOf("postgres.log.1")).toBe(0o600);
  // The server continues at the start of the truncated file.
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await expect(client.query("SELECT 1 / 0")).rejects.toThrow("division by zero");
  await client.end();
  await vi.waitFor(() => expect(readFileSync(log, "utf8")).toContain("division by zero"), {
    timeout: STEP_LIMIT_MS,
  });
  expect(statSync(log).size).toBeLessThan(1_000_000);
});
