/** The folder that holds the embedded database: one process at a time works on it. */
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { makePrivateFolder } from "../../server/platform/files";
import { acquireLock } from "./lock";
import { UserFacingError } from "./user-facing-error";

/**
 * Takes the folder for this process.
 * @returns null, or the process that has it
 * @throws Refusal when it cannot be written
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

/** What other versions, or another umask, may have left readable for others. */
const OURS = /^(evenhour\.lock|auth-secret|database\.json|(postgres|security)\.log(\.\d+)?)$/;

/**
 * Closes the data folder, the folder for backups in it and our files in both to everybody else.
 * The folder itself is closed by startEmbedded where a database lies in it.
 */
export function unlockDataFolder(dataDir: string, say: (line: string) => void): void {
  const backups = join(dataDir, "backups");
  try {
    for (const name of readdirSync(dataDir)) if (OURS.test(name)) closeFile(join(dataDir, name));
    if (!existsSync(backups)) return;
    makePrivateFolder(backups);
    for (const name of readdirSync(backups)) {
      if (name.endsWith(".evenhour.gz")) closeFile(join(backups, name));
    }
  } catch (error) {
    say(`Some files in ${dataDir} could not be made private: ${String(error)}`);
  }
}

function closeFile(path: string): void {
  if (statSync(path).mode & 0o077) chmodSync(path, 0o600);
}
