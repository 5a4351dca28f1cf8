import { db } from "./db/client";
import { env } from "./env";
import { freeBytes } from "./files";

/** Milliseconds for the database to answer. */
const PROBE_TIMEOUT_MS = 2000;
/** Milliseconds for which what was found is told again, so that asking is no load. */
const FRESH_MS = 2000;
/** Milliseconds until it is tried again whether writing works. */
const WRITE_MS = 10_000;

/** Bytes below which PostgreSQL may not find room for the next segment of its log (16 MB). */
const FULL_BYTES = 32_000_000;
/** Bytes below which somebody should make room. */
const LOW_BYTES = 300_000_000;

export type Health = {
  database: "up" | "readOnly" | "down";
  disk: "ok" | "low" | "full";
  /** When the first community was founded; null while there is none, or while it cannot be asked. */
  since: Date | null;
};

type Found = { at: number; health: Promise<Health> };
let found: Found | undefined;
let wroteAt = Number.NEGATIVE_INFINITY;

/** How the database and its disk are; asked at most every two seconds. */
export function readHealth(): Promise<Health> {
  const at = performance.now();
  if (!found || at - found.at >= FRESH_MS) found = { at, health: probe(at) };
  return found.health;
}

async function probe(at: number): Promise<Health> {
  const [disk, since] = await Promise.all([readDisk(), inTime(readSince())]);
  if (since === LATE) return { database: "down", disk, since: null };
  if (at - wroteAt < WRITE_MS) return { database: "up", disk, since };
  const isWritten = await inTime(write());
  if (isWritten !== true) return { database: "readOnly", disk, since };
  wroteAt = at;
  return { database: "up", disk, since };
}

const LATE = Symbol("late");

/** What was asked for, or LATE when it failed or took too long. */
async function inTime<Answer>(asked: Promise<Answer>): Promise<Answer | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((answer) => {
    timer = setTimeout(() => answer(LATE), PROBE_TIMEOUT_MS);
  });
  const answer = await Promise.race([asked.catch((): typeof LATE => LATE), late]);
  clearTimeout(timer);
  return answer;
}

async function readSince(): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ since: Date | null }[]>`
    SELECT min(created_at) AS since FROM community`;
  return row?.since ?? null;
}

/** Writes a row that nobody reads, and waits until the disk has it. */
async function write(): Promise<true> {
  await db.$executeRaw`
    INSERT INTO rate_limit AS known (key, points, expire)
    VALUES ('health', 1, now() + interval '1 hour')
    ON CONFLICT (key) DO UPDATE SET points = 1 - known.points, expire = excluded.expire`;
  return true;
}

/** The fuller of the disks with the data folder and, where it is embedded, the database. */
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
