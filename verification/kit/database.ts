/** A database server of a proof's own, in a temporary folder, with one migrated database. */
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
  /** Commits reach the disk, as in the product; without it they are only quick. */
  durable?: boolean;
  settings?: Record<string, string>;
};

const QUICK = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

/** Where `npm run prove` tells its proofs of the data folder to copy. */
const PREPARED = "EVENHOUR_PROOF_DATA";

/**
 * A data folder with a migrated database whose server has ended: to make one takes longer than many a
 * short proof, so they all begin with a copy.
 * @returns what tells a proof of it, and what removes it
 */
export async function prepareData(): Promise<{ env: Record<string, string>; drop: () => void }> {
  const dataDir = mkdtempSync(join(tmpdir(), "evenhour-prove-data-"));
  chmodSync(dataDir, 0o755);
  const drop = () => {
    process.removeListener("exit", drop);
    // Only after an interruption.
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

/** @returns whether there was something to copy; a proof that is run alone makes its own */
export async function copyPrepared(dataDir: string): Promise<boolean> {
  const prepared = process.env[PREPARED];
  if (!prepared) return false;
  cpSync(prepared, dataDir, { recursive: true });
  for (const path of readdirSync(prepared, { recursive: true, encoding: "utf8" })) {
    const { uid, gid, mode } = statSync(join(prepared, path));
    // The server refuses a folder that others may read; as root, it runs as another user.
    chmodSync(join(dataDir, path), mode);
    if (process.getuid?.() === 0) chownSync(join(dataDir, path), uid, gid);
  }
  // Others copy the same at the same time.
  const file = join(dataDir, "database.json");
  const kept = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...kept, port: await freePort() }));
  return true;
}

/** A folder that is gone when the proof has ended. */
export function makeFolder({ atEnd }: Pick<Run, "atEnd">): string {
  const folder = mkdtempSync(join(tmpdir(), "evenhour-proof-"));
  // As root the database runs as another user, who must reach this folder.
  chmodSync(folder, 0o755);
  atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

/**
 * Starts the server and points this process at it.
 * @returns the owner's address of the database
 */
export async function openWorld(
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

/** Points `db`, `owner()` and `app()` of this process at a database. */
export function connectTo({ atEnd }: Pick<Run, "atEnd">, url: string, secret: string): void {
  Object.assign(process.env, {
    DATABASE_URL: url,
    AUTH_SECRET: secret,
    // With a map, so that what only a map asks for is tried as well.
    EVENHOUR_MAP_TILES: "https://tile.example.org/{z}/{x}/{y}.png",
    EVENHOUR_MAP_CREDIT: "Example",
  });
  delete process.env.APP_DATABASE_URL;
  atEnd(() => Promise.all([disconnect(), endPools()]));
}

/** The limit of writing is for people; most proofs do not try it. */
export const forgetRates = () => owner().query("DELETE FROM rate_limit");
