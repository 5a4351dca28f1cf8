/** The backup that is taken before a new version changes a database that is in use. */
import { join } from "node:path";
import { BackupError } from "./file";
import { takeBackup } from "./take";

/**
 * Takes a backup of the database as it is before the pending migrations. Several upgrades from
 * one state on one day (UTC) make one file.
 * @param url the owner's address
 * @returns the path of the backup
 * @throws BackupError when it cannot be taken, with a sentence that says how to go on
 */
export async function backupBeforeUpgrade(
  url: string,
  folder: string,
  pending: string[],
  now: Date,
): Promise<string> {
  const day = now.toISOString().slice(0, 10);
  const path = join(folder, `before-upgrade-${day}-to-${pending.at(-1)}.evenhour.gz`);
  try {
    await takeBackup(url, path, now);
    return path;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackupError(
      `No backup could be taken before the upgrade, so nothing was changed. ${reason.replace(/[.:]?$/, ".")} Then start again; or set EVENHOUR_UPGRADE_BACKUP=0 to upgrade without a backup.`,
      { cause: error },
    );
  }
}
