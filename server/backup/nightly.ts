/** The backup that Evenhour takes by itself each night, unless EVENHOUR_BACKUP_KEEP is 0. */
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { env } from "../platform/env";
import { backupFolder, FAILED_MARK, NIGHTLY } from "./nightly-state";
import { takeBackup } from "./take";

/**
 * Takes a backup, and only when it is whole removes the oldest nightly ones beyond those to keep.
 * Twice on one day (UTC) makes one file. Files with other names are never touched.
 * @throws what went wrong, after a warning in the log; the job tries again
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
    console.error(`[backup] The nightly backup of ${day} failed: ${reason}`);
    // Without room for it, or a right to write there, coordinators learn of it by the next day.
    await writeFile(mark, `${reason}\n`, { mode: 0o600 }).catch(() => undefined);
    throw error;
  }
  await rm(mark, { force: true });
  // Days that are still to come were named by a clock ahead of time: those are old ones.
  const ageOf = (name: string) => `${name.slice(8, 18) > day ? 0 : 1} ${name}`;
  const nights = (await readdir(folder))
    .filter((name) => NIGHTLY.test(name))
    .sort((one, other) => (ageOf(one) < ageOf(other) ? -1 : 1));
  for (const name of nights.slice(0, -EVENHOUR_BACKUP_KEEP)) await rm(join(folder, name));
}
