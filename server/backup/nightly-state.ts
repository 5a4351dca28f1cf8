/** Where backups are, and whether the nightly ones come. */
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { env } from "../env";

/** The name of a nightly backup; the day is of UTC. */
export const NIGHTLY = /^nightly-\d{4}-\d{2}-\d{2}\.evenhour\.gz$/;

/** Milliseconds after which a nightly backup is missed: one night, and half a day to notice. */
const LATE_MS = 36 * 3_600_000;

/** Where backups go unless a path is given. */
export const backupFolder = (given: { EVENHOUR_BACKUP_DIR?: string; EVENHOUR_DATA_DIR: string }) =>
  resolve(given.EVENHOUR_BACKUP_DIR ?? join(given.EVENHOUR_DATA_DIR, "backups"));

/** "off" when none is wanted, "late" when none was finished for a day and a half. */
export type NightlyState = "off" | "ok" | "late";

/**
 * How the nightly backups are, told by the files, so that it survives a restart and needs no room.
 * @param since when the time bank began: a new one has no backup yet
 */
export async function nightlyState(since: Date | null, now: Date): Promise<NightlyState> {
  const { EVENHOUR_BACKUP_KEEP, ...rest } = env();
  if (EVENHOUR_BACKUP_KEEP === 0) return "off";
  const folder = backupFolder(rest);
  const nights = await readdir(folder).catch(() => []);
  const last = nights
    .filter((name) => NIGHTLY.test(name))
    .sort()
    .at(-1);
  const taken = last ? (await stat(join(folder, last)).catch(() => null))?.mtime : undefined;
  const from = taken ?? since;
  return from && now.getTime() - from.getTime() > LATE_MS ? "late" : "ok";
}
