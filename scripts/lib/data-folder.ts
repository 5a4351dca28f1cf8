/** The data folder, which one process at a time uses. */
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { makePrivateFolder } from "../../server/platform/files";
import { acquireLock } from "./lock";
import { UserFacingError } from "./user-facing-error";

/**
 * Locks the data folder for this process.
 * @returns null, or the process that has the lock
 * @throws UserFacingError when the folder is not writable
 */
export function lockDataFolder(dataDir: string): { heldBy: number } | null {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const lock = acquireLock(join(dataDir, "evenhour.lock"));
    return "heldBy" in lock ? lock : null;
  } catch {
    throw new UserFacingError(
      `The data folder ${dataDir} cannot be written: give it to the user who runs Evenhour, or set EVENHOUR_DATA_DIR to another folder.`,
    );
  }
}

/** Files that older versions or another umask may have left readable by other users. */
export const OUR_FILES =
  /^(evenhour\.lock|auth-secret|doctor-key|database\.json|(postgres|security)\.log(\.\d+)?)$/;

/**
 * Makes our files in the data folder, and the folder of backups with its files, private to their owner.
 * `startEmbedded` makes the data folder itself private when it has a database.
 */
export function makeDataFolderPrivate(dataDir: string, say: (line: string) => void): void {
  const backups = join(dataDir, "backups");
  try {
    for (const name of readdirSync(dataDir))
      if (OUR_FILES.test(name)) makePrivate(join(dataDir, name));
    if (!existsSync(backups)) return;
    makePrivateFolder(backups);
    for (const name of readdirSync(backups)) {
      if (name.endsWith(".evenhour.gz")) makePrivate(join(backups, name));
    }
  } catch (error) {
    say(`Some files in ${dataDir} could not be made private: ${String(error)}`);
  }
}

function makePrivate(path: string): void {
  if (statSync(path).mode & 0o077) chmodSync(path, 0o600);
}
