/** A database server of a proof's own, in a temporary folder, with one migrated database. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { disconnect } from "../server/db/client";
import { startEmbedded } from "../server/db/embedded";
import { migrate } from "../server/db/migrate";
import { endPools, owner } from "../server/db/testing";
import type { Run } from "./proof";

type Options = {
  /** Commits reach the disk, as in the product; without it they are only quick. */
  durable?: boolean;
  settings?: Record<string, string>;
};

const QUICK = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

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
  const { url, stop } = await startEmbedded({
    dataDir,
    settings: { max_connections: "200", ...(durable ? {} : QUICK), ...settings },
  });
  run.atEnd(stop);
  await migrate(url);
  speakTo(run, url, "x".repeat(32));
  return { url, dataDir };
}

/** Points `db`, `owner()` and `app()` of this process at a database. */
export function speakTo({ atEnd }: Pick<Run, "atEnd">, url: string, secret: string): void {
  Object.assign(process.env, {
    ...{ DATABASE_URL: url, AUTH_SECRET: secret },
    // With a map, so that what only a map asks for is tried as well.
    EVENHOUR_MAP_TILES: "https://tile.example.org/{z}/{x}/{y}.png",
    EVENHOUR_MAP_CREDIT: "Example",
  });
  delete process.env.APP_DATABASE_URL;
  atEnd(() => Promise.all([disconnect(), endPools()]));
}

/** The limit of writing is for people; most proofs do not try it. */
export const forgetRates = () => owner().query("DELETE FROM rate_limit");
