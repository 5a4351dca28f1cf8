/** The backup that Evenhour takes by itself each night, when EVENHOUR_BACKUP_KEEP says how many to keep. */
import { readdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { env } from "../env";
import { takeBackup } from "./take";

const OURS = /^nightly-\d{4}-\d{2}-\d{2}\.evenhour\.gz$/;

/** Where backups go unless a path is given. */
export const backupFolder = (given: { EVENHOUR_BACKUP_DIR?: string; EVENHOUR_DATA_DIR: string }) =>
  resolve(given.EVENHOUR_BACKUP_DIR ?? join(given.EVENHOUR_DATA_DIR, "backups"));

/**
 * Takes a backup, and only when it is whole removes the oldest nightly ones beyond those to keep.
 * Twice on one day (UTC) makes one file. Files with other names are never touched.
 */
export async function nightlyBackup(now: Date): Promise<void> {
  const { DATABASE_URL, EVENHOUR_BACKUP_KEEP, ...rest } = env();
  if (EVENHOUR_BACKUP_KEEP === 0) return;
  const folder = backupFolder(rest);
  const day = now.toISOString().slice(0, 10);
  await takeBackup(DATABASE_URL, join(folder, `nightly-${day}.evenhour.gz`), now);
  const nights = (await readdir(folder)).filter((name) => OURS.test(name)).sort();
  for (const name of nights.slice(0, -EVENHOUR_BACKUP_KEEP)) await rm(join(folder, name));
}
