/** The backup that is taken before a new version upgrades a database in use. */
import { join } from "node:path";
import { BackupError } from "./file";
import { takeBackup } from "./take";

/**
 * Backs up the database before the pending migrations. Several attempts on one day (UTC) at the same upgrade
 * write one file.
 * @param url the database URL of the owner
 * @returns the path of the backup
 * @throws BackupError when it cannot be taken; the message says how to continue
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
