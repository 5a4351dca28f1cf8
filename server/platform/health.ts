import { db } from "./db/client";
import { env } from "./env";
import { freeBytes } from "./files";

/** How long the database may take to answer. */
const PROBE_TIMEOUT_MS = 2000;
/** How long a result is cached, so that requests to the health endpoint cause no load. */
const CACHE_MS = 2000;
/** The interval between two write probes. */
const WRITE_INTERVAL_MS = 10_000;

/** Below this PostgreSQL may lack space for its next WAL segment (16 MB). */
const FULL_BYTES = 32_000_000;
/** Below this the operator should free disk space. */
const LOW_BYTES = 300_000_000;

export type Health = {
  database: "up" | "readOnly" | "down";
  disk: "ok" | "low" | "full";
  /** When the first community was created; null when there is none or the database does not answer. */
  since: Date | null;
};

let cached: { at: number; health: Promise<Health> } | undefined;
let lastWriteAt = Number.NEGATIVE_INFINITY;

/** The state of the database and its disk, at most CACHE_MS old. */
export function readHealth(): Promise<Health> {
  const at = performance.now();
  if (!cached || at - cached.at >= CACHE_MS) cached = { at, health: probe(at) };
  return cached.health;
}

async function probe(at: number): Promise<Health> {
  const [disk, since] = await Promise.all([readDisk(), withTimeout(readSince())]);
  if (since === FAILED) return { database: "down", disk, since: null };
  if (at - lastWriteAt < WRITE_INTERVAL_MS) return { database: "up", disk, since };
  const written = await withTimeout(writeProbe());
  if (written !== true) return { database: "readOnly", disk, since };
  lastWriteAt = at;
  return { database: "up", disk, since };
}

const FAILED = Symbol("failed");

/** The result of a query, or FAILED when it threw or took longer than PROBE_TIMEOUT_MS. */
async function withTimeout<Result>(query: Promise<Result>): Promise<Result | typeof FAILED> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<typeof FAILED>((resolve) => {
    timer = setTimeout(() => resolve(FAILED), PROBE_TIMEOUT_MS);
  });
  const result = await Promise.race([query.catch((): typeof FAILED => FAILED), timeout]);
  clearTimeout(timer);
  return result;
}

async function readSince(): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ since: Date | null }[]>`
    SELECT min(created_at) AS since FROM community`;
  return row?.since ?? null;
}

/** Writes a row that nothing reads. Its commit waits for the disk. */
async function writeProbe(): Promise<true> {
  await db.$executeRaw`
    INSERT INTO rate_limit AS known (key, points, expire)
    VALUES ('health', 1, now() + interval '1 hour')
    ON CONFLICT (key) DO UPDATE SET points = 1 - known.points, expire = excluded.expire`;
  return true;
}

/** The state of the fuller disk: the data folder's, or the embedded database's. */
async function readDisk(): Promise<Health["disk"]> {
  const { EVENHOUR_DATA_DIR, EVENHOUR_DATABASE_FOLDER } = env();
  const folders = [EVENHOUR_DATA_DIR, EVENHOUR_DATABASE_FOLDER ?? []].flat();
  const free = await Promise.all(folders.map(freeBytes));
  return diskState(Math.min(...free.map((bytes) => bytes ?? Number.POSITIVE_INFINITY)));
}

/** @param free bytes */
export function diskState(free: number): Health["disk"] {
  if (free < FULL_BYTES) return "full";
  return free < LOW_BYTES ? "low" : "ok";
}
