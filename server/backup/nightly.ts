/** The automatic nightly backup, unless EVENHOUR_BACKUP_KEEP is 0. */
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { env } from "../platform/env";
import { log } from "../platform/log";
import { backupFolder, FAILED_MARK, NIGHTLY } from "./nightly-state";
import { takeBackup } from "./take";

/**
 * Takes a backup and, once it is complete, deletes the oldest nightly backups beyond EVENHOUR_BACKUP_KEEP. Two on
 * one day (UTC) write one file. Files with other names are never deleted.
 * @throws the error of the backup, after logging it; the job is retried
 */
export async function nightlyBackup(now: Date): Promise<void> {
  const { DATABASE_URL, EVENHOUR_BACKUP_KEEP, ...rest } = env();
  if (EVENHOUR_BACKUP_KEEP === 0) return;
  const folder = backupFolder(rest);
  const mark = join(folder, FAILED_MARK);
  const day = now.toISOString().slice(0, 10);
  try {
    await takeBackup(DATABASE_URL, join(folder, `nightly-${day}.evenhour.gz`), now);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.error("backup", `The nightly backup of ${day} failed: ${reason}`);
    // When this file cannot be written either, coordinators are warned once the backup is overdue.
    await writeFile(mark, `${reason}\n`, { mode: 0o600 }).catch(() => undefined);
    throw error;
  }
  await rm(mark, { force: true });
  // A file with a future date was named by a clock that was ahead: it counts as an old one.
  const ageOf = (name: string) => `${name.slice(8, 18) > day ? 0 : 1} ${name}`;
  const nights = (await readdir(folder))
    .filter((name) => NIGHTLY.test(name))
    .sort((one, other) => (ageOf(one) < ageOf(other) ? -1 : 1));
  for (const name of nights.slice(0, -EVENHOUR_BACKUP_KEEP)) await rm(join(folder, name));
}
