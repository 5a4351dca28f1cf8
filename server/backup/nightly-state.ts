/** Where backups are, and whether the nightly ones come. */
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { env } from "../platform/env";

/** The name of a nightly backup; the day is of UTC. */
export const NIGHTLY = /^nightly-\d{4}-\d{2}-\d{2}\.evenhour\.gz$/;

/** Milliseconds after which a nightly backup is missed: one night, and half a day to notice. */
const OVERDUE_MS = 36 * 3_600_000;
/** Clocks of the disk and of this computer may differ by this much. */
const CLOCK_SKEW_MS = 60_000;

/** Where backups go unless a path is given. */
export const backupFolder = (given: { EVENHOUR_BACKUP_DIR?: string; EVENHOUR_DATA_DIR: string }) =>
  resolve(given.EVENHOUR_BACKUP_DIR ?? join(given.EVENHOUR_DATA_DIR, "backups"));

/** Beside the backups while the last try of a nightly one has failed. */
export const FAILED_MARK = "nightly-failed";

/**
 * "off" when none is wanted, "failed" when the last try failed, "late" when none was finished for a
 * day and a half.
 */
type NightlyState = "off" | "ok" | "late" | "failed";

export type Nightly = {
  state: NightlyState;
  /** When the last one was finished; null when there is none. */
  lastAt: Date | null;
};

/**
 * How the nightly backups are, told by the files, so that it survives a restart and needs no room.
 * @param since when the time bank began: a new one has no backup yet
 */
export async function readNightly(since: Date | null, now: Date): Promise<Nightly> {
  const { EVENHOUR_BACKUP_KEEP, ...rest } = env();
  const folder = backupFolder(rest);
  const names = await readdir(folder).catch(() => []);
  const nights = names.filter((name) => NIGHTLY.test(name));
  const times = await Promise.all(nights.map((name) => timeOf(join(folder, name))));
  // What a clock that was ahead of time has dated says nothing about last night.
  const known = times.filter((time) => time !== null && time <= now.getTime() + CLOCK_SKEW_MS);
  const last = known.length > 0 ? Math.max(...known.map(Number)) : null;
  const lastAt = last === null ? null : new Date(last);
  if (EVENHOUR_BACKUP_KEEP === 0) return { state: "off", lastAt };
  const failed = await timeOf(join(folder, FAILED_MARK));
  if (failed !== null && failed > (last ?? 0)) return { state: "failed", lastAt };
  const from = last ?? (await beginning(since));
  const isLate = from !== null && now.getTime() - from > OVERDUE_MS;
  return { state: isLate ? "late" : "ok", lastAt };
}

const timeOf = async (path: string): Promise<number | null> =>
  (await stat(path).catch(() => null))?.mtime.getTime() ?? null;

/** A time bank that was restored, or made up for the demo, is older than its place here. */
async function beginning(since: Date | null): Promise<number | null> {
  if (!since) return null;
  const folder = await stat(env().EVENHOUR_DATA_DIR).catch(() => null);
  return Math.max(since.getTime(), folder?.birthtime.getTime() ?? 0);
}
