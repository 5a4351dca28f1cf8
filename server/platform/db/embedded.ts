/**
 * The embedded database: PostgreSQL from npm, stored in the data folder. A server that still runs there is
 * reused, and one that dies is restarted.
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
import { log as logger } from "../log";
import { EmbeddedDatabaseError, findPostgresHome, type PostgresHome } from "./postgres-home";
import { disarmPidFile, isAlive, runningPostmaster } from "./postmaster";

export { EmbeddedDatabaseError } from "./postgres-home";

/** The name of the database and of its owner. */
const NAME = "evenhour";
/** For postgres.log, which the server has open. */
const LOG_ROTATION = { limit: 10_000_000, generations: 3, isHeld: true };
/** The interval at which the server is checked. */
const POLL_MS = 500;
/** The size of the log is checked at every tenth check of the server. */
const POLLS_PER_ROTATION = 10;
/** The delay before a server that died at once is restarted; it doubles each time. */
const RETRY_MS = 1000;
const MAX_RETRY_MS = 15_000;
/** After this time a server counts as stable, and the delay starts over. */
const STABLE_MS = 30_000;
/** How long a start, with recovery after a crash, may take. */
const START_TIMEOUT_MS = 60_000;

const serverSettings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  password_encryption: "scram-sha-256",
  timezone: "UTC",
  log_timezone: "UTC",
  max_connections: "60",
  // A refusal by the books is not a fault: it is logged without the statement and the details, which may
  // contain texts of members.
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  shared_buffers: "64MB",
};

export type EmbeddedDatabase = {
  /** The database URL of the owner. */
  url: string;
  /** The folder of its data. */
  cluster: string;
  /** The process id of the server, which changes at a restart. */
  pid: () => number;
  /** Closes open connections, shuts the server down and waits until it has ended. */
  stop: () => Promise<void>;
};

type Options = {
  dataDir: string;
  /** Additional server settings, for tests. */
  settings?: Record<string, string>;
  /** Reports progress, one line a step. */
  say?: (line: string) => void;
};

/**
 * Starts the embedded database of a data folder, or reuses the server that still runs there. Until `stop`,
 * a server that dies is restarted.
 * @throws EmbeddedDatabaseError with a message for the operator
 */
export async function startEmbedded({
  dataDir: path,
  settings = {},
  say = () => undefined,
}: Options): Promise<EmbeddedDatabase> {
  const dataDir = resolve(path);
  requireWritable(dataDir);
  const known = readSettings(dataDir);
  const home = await findPostgresHome(dataDir, known?.cluster);
  if (!home.cluster.startsWith(dataDir)) {
    say(`The database is stored in ${home.cluster}, where its own user can read it.`);
  }
  requireOurs(home, dataDir, known);
  const login = known ?? {
    port: await freePort(),
    password: randomBytes(24).toString("base64url"),
  };
  if (!existsSync(home.cluster)) {
    saveSettings(dataDir, login);
    initialise(home, login.password);
  }

  const log = join(dataDir, "postgres.log");
  const url = (database: string) => addressOf(login, database);
  const running = runningPostmaster(home.cluster);
  let pid = running?.pid ?? 0;
  if (running) {
    say("Reusing the database server that is still running.");
    login.port = running.port;
  } else if (!(await isFree(login.port))) {
    login.port = await freePort();
  }
  saveSettings(dataDir, { ...login, cluster: home.cluster });

  const launch = () => {
    pid = spawnServer(home, log, { ...serverSettings, ...settings, port: String(login.port) });
  };
  if (!running) launch();
  await waitUntilReady(url("postgres"), log, () => {
    // Children of a killed server hold its shared memory until they end. Then the server can start.
    if (isAlive(pid)) return true;
    if (!lastLogLines(log).includes("shared memory block")) return false;
    launch();
    return true;
  });
  await createDatabase(url("postgres"));

  // Polling works both for a child process and for a server that was reused.
  let polls = 0;
  let delayMs = 0;
  let launchedAt = performance.now();
  const watch = setInterval(() => {
    polls += 1;
    if (polls % POLLS_PER_ROTATION === 0) rotateQuietly(log);
    const uptimeMs = performance.now() - launchedAt;
    if (isAlive(pid)) {
      if (uptimeMs > STABLE_MS) delayMs = 0;
      return;
    }
    if (uptimeMs < delayMs) return;
    const isFull = lastLogLines(log).includes("No space left on device");
    say(
      isFull
        ? "The database stopped because its disk is full: free some space. Starting it again."
        : "The database stopped; starting it again.",
    );
    delayMs = Math.min(delayMs * 2 || RETRY_MS, MAX_RETRY_MS);
    launchedAt = performance.now();
    launch();
  }, POLL_MS);
  watch.unref();

  return {
    url: url(NAME),
    cluster: home.cluster,
    pid: () => pid,
    stop: async () => {
      clearInterval(watch);
      // A fast shutdown: open connections are closed, committed transactions are safe.
      if (isAlive(pid)) process.kill(pid, "SIGINT");
      for (let tries = 0; tries < 600 && isAlive(pid); tries += 1) await sleep(50);
    },
  };
}

/** The owner's database URL of a data folder, or null when its server does not run. */
export function findEmbedded(dataDir: string): string | null {
  const stored = readSettings(resolve(dataDir));
  const running = stored && runningPostmaster(stored.cluster ?? join(resolve(dataDir), "postgres"));
  return running ? addressOf({ ...stored, port: running.port }, NAME) : null;
}

/** The folder of the database of a data folder, which is not always inside it. */
export const clusterFolder = (dataDir: string): string =>
  readSettings(resolve(dataDir))?.cluster ?? join(resolve(dataDir), "postgres");

const addressOf = ({ port, password }: StoredSettings, database: string) =>
  `postgresql://${NAME}:${password}@127.0.0.1:${port}/${database}`;

const settingsShape = z.object({
  port: z.int(),
  password: z.string(),
  /** The cluster's folder when it is outside the data folder, which may be moved. */
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

/** Writes a new file and renames it, so that a crash leaves either the old or the new settings. */
function saveSettings(dataDir: string, { cluster, ...login }: StoredSettings): void {
  const isOutside = cluster && cluster !== join(dataDir, "postgres");
  const json = JSON.stringify(isOutside ? { ...login, cluster } : login);
  writeFileSync(`${settingsFile(dataDir)}.new`, json, { mode: 0o600 });
  // After a start by root, the file must stay readable for the owner of the data folder.
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

/** Another user's cluster is not readable and would look empty; a new one must never replace it. */
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

/** Creates the cluster in a temporary folder and renames it, so that a crash leaves no incomplete cluster. */
function initialise({ initdb, cluster, user }: PostgresHome, password: string): void {
  const temporary = `${cluster}.new`;
  const secret = `${cluster}.password`;
  try {
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(temporary, { recursive: true, mode: 0o700 });
    writeFileSync(secret, password, { mode: 0o600 });
    if (user) for (const path of [temporary, secret]) chownSync(path, user.uid, user.gid);
    const flags = [
      "-D",
      temporary,
      "-U",
      NAME,
      "--auth=scram-sha-256",
      `--pwfile=${secret}`,
      // The same collation and the same upper and lower case on every machine.
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
    ];
    execFileSync(initdb, flags, { ...user, cwd: "/", stdio: "pipe", env: plainEnvironment() });
    renameSync(temporary, cluster);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    const stderr = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    throw new EmbeddedDatabaseError(
      `The database could not be created in ${cluster}: ${stderr.split("\n").at(-1) || String(error)}`,
    );
  } finally {
    rmSync(secret, { force: true });
  }
}

/** The server inherits none of our variables, which contain secrets. */
const plainEnvironment = () => ({
  PATH: process.env.PATH,
  LC_ALL: "C",
  // The server ignores it; Next's types require it.
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
    // A process group of its own: Ctrl-C reaches only the application, which shuts down in order.
    detached: true,
    stdio: ["ignore", output, output],
    env: plainEnvironment(),
  });
  // A failed spawn shows as a process that is not alive.
  child.once("error", () => undefined);
  child.unref();
  closeSync(output);
  return child.pid ?? 0;
}

/** A full disk must not end the application. */
function rotateQuietly(log: string): void {
  try {
    rotateLog(log, LOG_ROTATION);
  } catch (error) {
    logger.error("log", error);
  }
}

/** The server's last FATAL message, without its prefix. */
function lastLogLines(log: string): string {
  const lines = existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
  const fatal = lines.slice(-10).findLast((line) => line.includes("FATAL:"));
  return fatal?.replace(/^.*FATAL:\s*/, "") ?? "";
}

/** @param isStarting whether the server may still become ready; it may launch it again */
async function waitUntilReady(url: string, log: string, isStarting: () => boolean): Promise<void> {
  const start = performance.now();
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    // A connection that breaks is tried again.
    client.on("error", () => undefined);
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      await client.end().catch(() => undefined);
      if (!isStarting() || performance.now() - start > START_TIMEOUT_MS) {
        const reason =
          lastLogLines(log) || (error instanceof Error ? error.message : String(error));
        throw new EmbeddedDatabaseError(
          `The database did not start (its log is ${log}): ${reason}`,
        );
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

/** A free port of the loopback address. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer().once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
