/**
 * The embedded database: real PostgreSQL from npm, in the data folder, started when it is needed,
 * taken over when it still runs, brought back when it dies.
 */
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  accessSync,
  chownSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { z } from "zod";
import { rotateLog } from "../files";
import { EmbeddedDatabaseError, findPostgresHome, type PostgresHome } from "./postgres-home";
import { disarmPidFile, isAlive, runningPostmaster } from "./postmaster";

export { EmbeddedDatabaseError } from "./postgres-home";

/** The name of the database and of its owner. */
const NAME = "evenhour";
/** Of postgres.log, while the server runs as well. */
const LOG_ROTATION = { limit: 10_000_000, generations: 3, isHeld: true };
/** How often the log is looked at, in looks at the server. */
const LOOKS_A_ROTATION = 10;
/** Milliseconds until a server that died at once is started again; twice as long each time. */
const RETRY_MS = 1000;
const LONGEST_RETRY_MS = 15_000;
/** Milliseconds after which a server has stayed up. */
const STEADY_MS = 30_000;

const serverSettings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  password_encryption: "scram-sha-256",
  timezone: "UTC",
  log_timezone: "UTC",
  max_connections: "60",
  // What is refused by the rules of the books is no fault: a line says it, without the statement and
  // the details, which may hold what people wrote.
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  shared_buffers: "64MB",
};

export type EmbeddedDatabase = {
  /** The owner's address. */
  url: string;
  /** The folder that its data are in. */
  cluster: string;
  /** The process id of the server, which changes when it had to be started again. */
  pid: () => number;
  /** Ends open connections, writes everything down, and waits until the server is gone. */
  stop: () => Promise<void>;
};

type Options = {
  dataDir: string;
  /** Server settings besides ours, for tests. */
  settings?: Record<string, string>;
  /** Says what happens, a line a step. */
  say?: (line: string) => void;
};

/**
 * Starts the embedded database of a data folder, or takes over the one that still runs there.
 * From then until `stop`, a server that dies is started again.
 * @throws EmbeddedDatabaseError with a sentence for the person
 */
export async function startEmbedded({
  dataDir: given,
  settings = {},
  say = () => undefined,
}: Options): Promise<EmbeddedDatabase> {
  const dataDir = resolve(given);
  requireWritable(dataDir);
  const known = readSettings(dataDir);
  const home = await findPostgresHome(dataDir, known?.cluster);
  if (!home.cluster.startsWith(dataDir)) {
    say(`The database lies in ${home.cluster}, where its own user can reach it.`);
  }
  requireOurs(home, dataDir, known);
  const kept = known ?? { port: await freePort(), password: randomBytes(24).toString("base64url") };
  if (!existsSync(home.cluster)) {
    saveSettings(dataDir, kept);
    initialise(home, kept.password);
  }

  const log = join(dataDir, "postgres.log");
  const url = (database: string) => addressOf(kept, database);
  const found = runningPostmaster(home.cluster);
  let pid = found?.pid ?? 0;
  if (found) {
    say("Taking over the database that still runs.");
    kept.port = found.port;
  } else if (!(await isFree(kept.port))) {
    kept.port = await freePort();
  }
  saveSettings(dataDir, { ...kept, cluster: home.cluster });

  const launch = () => {
    pid = spawnServer(home, log, { ...serverSettings, ...settings, port: String(kept.port) });
  };
  if (!found) launch();
  await untilReady(url("postgres"), log, () => {
    // The children of a killed server hold its memory until they notice; then it can start.
    if (isAlive(pid)) return true;
    if (!lastLogLines(log).includes("shared memory block")) return false;
    launch();
    return true;
  });
  await createDatabase(url("postgres"));

  // Asking is enough for our child and for a server that was taken over alike.
  let looks = 0;
  let wait = 0;
  let launchedAt = performance.now();
  const watch = setInterval(() => {
    looks += 1;
    if (looks % LOOKS_A_ROTATION === 0) rotateQuietly(log);
    const up = performance.now() - launchedAt;
    if (isAlive(pid)) {
      if (up > STEADY_MS) wait = 0;
      return;
    }
    if (up < wait) return;
    const isFull = lastLogLines(log).includes("No space left on device");
    say(
      isFull
        ? "The database stopped, since its disk is full: make room. Starting it again."
        : "The database stopped; starting it again.",
    );
    wait = Math.min(wait * 2 || RETRY_MS, LONGEST_RETRY_MS);
    launchedAt = performance.now();
    launch();
  }, 500);
  watch.unref();

  return {
    url: url(NAME),
    cluster: home.cluster,
    pid: () => pid,
    stop: async () => {
      clearInterval(watch);
      // "Fast" shutdown: open connections are ended, everything committed is kept.
      if (isAlive(pid)) process.kill(pid, "SIGINT");
      for (let tries = 0; tries < 600 && isAlive(pid); tries += 1) await sleep(50);
    },
  };
}

/** The owner's address of a data folder's database, or null when it does not run. */
export function findEmbedded(dataDir: string): string | null {
  const kept = readSettings(resolve(dataDir));
  const running = kept && runningPostmaster(kept.cluster ?? join(resolve(dataDir), "postgres"));
  return running ? addressOf({ ...kept, port: running.port }, NAME) : null;
}

const addressOf = ({ port, password }: StoredSettings, database: string) =>
  `postgresql://${NAME}:${password}@127.0.0.1:${port}/${database}`;

const settingsShape = z.object({
  port: z.int(),
  password: z.string(),
  /** Where the cluster is: remembered, so that a moved data folder finds it again. */
  cluster: z.string().optional(),
});
type StoredSettings = z.infer<typeof settingsShape>;

const settingsFile = (dataDir: string) => join(dataDir, "database.json");

function readSettings(dataDir: string): StoredSettings | null {
  if (!existsSync(settingsFile(dataDir))) return null;
  try {
    return settingsShape.parse(JSON.parse(readFileSync(settingsFile(dataDir), "utf8")));
  } catch {
    throw new EmbeddedDatabaseError(
      `${settingsFile(dataDir)} cannot be read: start Evenhour as the user who started it first, or restore that file.`,
    );
  }
}

/** Written aside first, so that a crash leaves the old or the new one, never half. */
function saveSettings(dataDir: string, { cluster, ...kept }: StoredSettings): void {
  const isOutside = cluster && cluster !== join(dataDir, "postgres");
  const made = JSON.stringify(isOutside ? { ...kept, cluster } : kept);
  writeFileSync(`${settingsFile(dataDir)}.new`, made, { mode: 0o600 });
  // Started once by root, it stays readable for the user whose folder it is.
  if (process.getuid?.() === 0) {
    const { uid, gid } = statSync(dataDir);
    chownSync(`${settingsFile(dataDir)}.new`, uid, gid);
  }
  renameSync(`${settingsFile(dataDir)}.new`, settingsFile(dataDir));
}

function requireWritable(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch {
    throw new EmbeddedDatabaseError(
      `The data folder ${dataDir} cannot be written: give it to the user who runs Evenhour, or set EVENHOUR_DATA_DIR to another folder.`,
    );
  }
}

/** Another user's cluster looks empty from outside; a new one must never take its place. */
function requireOurs(
  { cluster, user }: PostgresHome,
  dataDir: string,
  known: StoredSettings | null,
): void {
  if (!existsSync(cluster)) {
    if (!known?.cluster) return;
    throw new EmbeddedDatabaseError(
      `The database of ${dataDir} was in ${cluster} and is gone: restore that folder.`,
    );
  }
  const uid = user?.uid ?? process.getuid?.();
  if (uid !== undefined && statSync(cluster).uid !== uid) {
    throw new EmbeddedDatabaseError(
      `The database in ${cluster} belongs to another user: start Evenhour as the user who started it first.`,
    );
  }
  if (!known) {
    throw new EmbeddedDatabaseError(
      `There is a database in ${cluster}, but ${settingsFile(dataDir)} with its password is missing: restore that file.`,
    );
  }
}

/** Made aside and renamed, so that a crash in the middle leaves nothing that looks like a cluster. */
function initialise({ initdb, cluster, user }: PostgresHome, password: string): void {
  const making = `${cluster}.new`;
  const secret = `${cluster}.password`;
  try {
    rmSync(making, { recursive: true, force: true });
    mkdirSync(making, { recursive: true, mode: 0o700 });
    writeFileSync(secret, password, { mode: 0o600 });
    if (user) for (const path of [making, secret]) chownSync(path, user.uid, user.gid);
    const flags = [
      "-D",
      making,
      "-U",
      NAME,
      "--auth=scram-sha-256",
      `--pwfile=${secret}`,
      // The same order and the same upper and lower case on every machine.
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
    ];
    execFileSync(initdb, flags, { ...user, cwd: "/", stdio: "pipe", env: plainEnvironment() });
    renameSync(making, cluster);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    throw new EmbeddedDatabaseError(
      `The database could not be made in ${cluster}: ${said.split("\n").at(-1) || String(error)}`,
    );
  } finally {
    rmSync(secret, { force: true });
  }
}

/** Nothing of ours (secrets least of all) for the server to inherit. */
const plainEnvironment = () => ({
  PATH: process.env.PATH,
  LC_ALL: "C",
  // Means nothing to the server; Next's types ask for it.
  NODE_ENV: process.env.NODE_ENV,
});

/** @returns the process id */
function spawnServer(home: PostgresHome, log: string, settings: Record<string, string>): number {
  disarmPidFile(home.cluster);
  rotateLog(log, LOG_ROTATION);
  const output = openSync(log, "a", 0o600);
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(home.postgres, ["-D", home.cluster, ...flags], {
    ...home.user,
    cwd: "/",
    // A session of its own: Ctrl-C reaches the application first, which closes things in order.
    detached: true,
    stdio: ["ignore", output, output],
    env: plainEnvironment(),
  });
  // A failure to run at all shows as a process that is not alive.
  child.once("error", () => undefined);
  child.unref();
  closeSync(output);
  return child.pid ?? 0;
}

/** A disk without room for the copy must not end the application. */
function rotateQuietly(log: string): void {
  try {
    rotateLog(log, LOG_ROTATION);
  } catch (error) {
    console.error("[log]", error);
  }
}

/** What the server said last when it gave up. */
function lastLogLines(log: string): string {
  const lines = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
  const fatal = lines.slice(-10).findLast((line) => line.includes("FATAL:"));
  return fatal?.replace(/^.*FATAL:\s*/, "") ?? "";
}

async function untilReady(url: string, log: string, isComing: () => boolean): Promise<void> {
  const start = performance.now();
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    // A server that goes away between two answers is asked again.
    client.on("error", () => undefined);
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      await client.end().catch(() => undefined);
      // Recovery after a crash takes its time: only a server that is gone, or a minute, is too long.
      if (!isComing() || performance.now() - start > 60_000) {
        const said = lastLogLines(log) || (error instanceof Error ? error.message : String(error));
        throw new EmbeddedDatabaseError(`The database did not start (its log is ${log}): ${said}`);
      }
    }
    await sleep(50);
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const known = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [NAME]);
    if (known.rowCount === 0) await client.query(`CREATE DATABASE ${NAME}`);
  } finally {
    await client.end();
  }
}

/** A port of the loopback address that nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const server = createServer().once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => found(typeof address === "object" && address ? address.port : 0));
    });
  });

const isFree = (port: number): Promise<boolean> =>
  new Promise((answer) => {
    const server = createServer().once("error", () => answer(false));
    server.listen(port, "127.0.0.1", () => server.close(() => answer(true)));
  });
