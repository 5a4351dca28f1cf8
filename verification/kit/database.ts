/** A database server for one proof, in a temporary folder, with one migrated database. */
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { disconnect } from "../../server/platform/db/client";
import { freePort, startEmbedded } from "../../server/platform/db/embedded";
import { migrate } from "../../server/platform/db/migrate";
import { runningPostmaster } from "../../server/platform/db/postmaster";
import { endPools, owner } from "../../server/platform/db/testing/pools";
import type { Run } from "../proofs/proof";

type Options = {
  /** Commits wait for the disk, as in the product. Off by default, for speed. */
  durable?: boolean;
  settings?: Record<string, string>;
};

const QUICK = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

/** The variable by which `npm run prove` passes the prepared data folder to its proofs. */
const PREPARED = "EVENHOUR_PROOF_DATA";

/**
 * Creates a data folder with a migrated database and stops its server. Proofs start from a copy,
 * because migrating takes longer than many short proofs.
 * @returns the environment variables for the proofs, and a function that deletes the folder
 */
export async function prepareData(): Promise<{ env: Record<string, string>; drop: () => void }> {
  const dataDir = mkdtempSync(join(tmpdir(), "evenhour-prove-data-"));
  chmodSync(dataDir, 0o755);
  const drop = () => {
    process.removeListener("exit", drop);
    // The server still runs only after an interruption.
    const running = runningPostmaster(join(dataDir, "postgres"));
    if (running) process.kill(running.pid, "SIGQUIT");
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
  };
  process.once("exit", drop);
  const { url, stop } = await startEmbedded({ dataDir, settings: QUICK });
  await migrate(url);
  await stop();
  return { env: { [PREPARED]: dataDir }, drop };
}

/** @returns false without a prepared folder: a proof that runs alone migrates its own database */
export async function copyPrepared(dataDir: string): Promise<boolean> {
  const prepared = process.env[PREPARED];
  if (!prepared) return false;
  cpSync(prepared, dataDir, { recursive: true });
  for (const path of readdirSync(prepared, { recursive: true, encoding: "utf8" })) {
    const { uid, gid, mode } = statSync(join(prepared, path));
    // PostgreSQL refuses a data folder that others can read, and as root it runs as another user.
    chmodSync(join(dataDir, path), mode);
    if (process.getuid?.() === 0) chownSync(join(dataDir, path), uid, gid);
  }
  // Other proofs copy the same folder at the same time, so each needs its own port.
  const file = join(dataDir, "database.json");
  const saved = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...saved, port: await freePort() }));
  return true;
}

/** Creates a temporary folder that is deleted at the end of the proof. */
export function makeFolder({ atEnd }: Pick<Run, "atEnd">): string {
  const folder = mkdtempSync(join(tmpdir(), "evenhour-proof-"));
  // As root, PostgreSQL runs as another user, who must be able to enter this folder.
  chmodSync(folder, 0o755);
  atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

/**
 * Starts the database server and connects this process to it.
 * @returns the database URL of the owner, and the data folder
 */
export async function openDatabase(
  run: Pick<Run, "atEnd">,
  { durable = false, settings = {} }: Options = {},
): Promise<{ url: string; dataDir: string }> {
  const dataDir = makeFolder(run);
  const isPrepared = await copyPrepared(dataDir);
  const { url, stop } = await startEmbedded({
    dataDir,
    settings: { max_connections: "200", ...(durable ? {} : QUICK), ...settings },
  });
  run.atEnd(stop);
  if (!isPrepared) await migrate(url);
  connectTo(run, url, "x".repeat(32));
  return { url, dataDir };
}

/** Connects `db`, `owner()` and `app()` of this process to a database. */
export function connectTo({ atEnd }: Pick<Run, "atEnd">, url: string, secret: string): void {
  Object.assign(process.env, {
    DATABASE_URL: url,
    AUTH_SECRET: secret,
    // Enables the map, so that the procedures which need it are exercised too.
    EVENHOUR_MAP_TILES: "https://tile.example.org/{z}/{x}/{y}.png",
    EVENHOUR_MAP_CREDIT: "Example",
  });
  delete process.env.APP_DATABASE_URL;
  atEnd(() => Promise.all([disconnect(), endPools()]));
}

/** Clears the rate limits, which most proofs do not exercise. */
export const clearRateLimits = () => owner().query("DELETE FROM rate_limit");
