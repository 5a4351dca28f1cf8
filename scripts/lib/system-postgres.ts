/** A temporary cluster of the system's PostgreSQL, to run the database tests on a second version. */
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { freePort } from "../../server/platform/db/embedded";
import { isAlive } from "../../server/platform/db/postmaster";

/** Debian's folder, with one folder for each major version. */
const VERSIONS_FOLDER = "/usr/lib/postgresql";
const MIN_VERSION = 15;

type SystemPostgres = { version: number; start: () => Promise<Cluster> };
type Cluster = { url: string; stop: () => Promise<void> };

/** The oldest installed version that is supported; the embedded PostgreSQL is the newest. */
export function findSystemPostgres(): SystemPostgres | null {
  const versions = existsSync(VERSIONS_FOLDER) ? readdirSync(VERSIONS_FOLDER).map(Number) : [];
  const [version] = versions
    .filter(
      (it) => it >= MIN_VERSION && existsSync(join(VERSIONS_FOLDER, String(it), "bin/initdb")),
    )
    .sort((a, b) => a - b);
  return version
    ? { version, start: () => start(join(VERSIONS_FOLDER, String(version), "bin")) }
    : null;
}

async function start(bin: string): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), "evenhour-system-postgres-"));
  const secret = join(folder, "password");
  const password = randomBytes(16).toString("hex");
  const port = await freePort();
  writeFileSync(secret, password, { mode: 0o600 });
  // PostgreSQL refuses to run as root; Debian's package creates the user.
  const user = process.getuid?.() === 0 ? idsOf("postgres") : null;
  if (user) for (const path of [folder, secret]) chownSync(path, user.uid, user.gid);
  const data = join(folder, "data");
  const as = { ...user, cwd: "/" };
  execFileSync(
    join(bin, "initdb"),
    [
      "-D",
      data,
      "-U",
      "evenhour",
      "-E",
      "UTF8",
      "--locale=C.UTF-8",
      "-A",
      "scram-sha-256",
      `--pwfile=${secret}`,
      "--no-sync",
    ],
    { ...as, stdio: "pipe" },
  );
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    `port=${port}`,
    "max_connections=200",
    "fsync=off",
    "full_page_writes=off",
  ];
  const flags = settings.flatMap((setting) => ["-c", setting]);
  const server = spawn(join(bin, "postgres"), ["-D", data, ...flags], { ...as, stdio: "ignore" });
  const stop = async () => {
    server.kill("SIGINT");
    while (server.pid && isAlive(server.pid)) await sleep(50);
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `postgresql://evenhour:${password}@127.0.0.1:${port}/postgres`;
  for (let tries = 0; !(await answers(url)); tries += 1) {
    if (tries > 300 || server.exitCode !== null) {
      await stop();
      throw new Error(`The PostgreSQL of ${bin} did not start.`);
    }
    await sleep(100);
  }
  return { url, stop };
}

function idsOf(user: string) {
  const id = (flag: string) => Number(execFileSync("id", [flag, user]));
  return { uid: id("-u"), gid: id("-g") };
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  return client
    .connect()
    .then(() => client.end())
    .then(
      () => true,
      () => false,
    );
}
