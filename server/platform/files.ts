/** Private folders independent of the umask, log rotation, and free disk space. */
import { chmodSync, copyFileSync, mkdirSync, renameSync, statSync, truncateSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, resolve, sep } from "node:path";

const PRIVATE_FOLDER_MODE = 0o700;
const PRIVATE_FILE_MODE = 0o600;
const STICKY = 0o1000;

/**
 * Creates a folder where it is missing, and makes it private to its owner.
 * @returns false when an existing folder is left unchanged: a shared one such as /tmp, the home folder,
 *   a folder that contains this program, or another user's
 * @throws what mkdir throws
 */
export function makePrivateFolder(folder: string, mode = PRIVATE_FOLDER_MODE): boolean {
  mkdirSync(folder, { recursive: true, mode });
  const current = statSync(folder).mode;
  if ((current & 0o777) === mode) return true;
  if (current & STICKY || contains(folder, homedir()) || contains(folder, process.cwd()))
    return false;
  try {
    chmodSync(folder, mode);
    return true;
  } catch {
    // Another user's folder, or a file system without permissions (a USB stick).
    return false;
  }
}

function contains(folder: string, path: string): boolean {
  const outer = resolve(folder);
  const inner = resolve(path);
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`);
}

/** Bytes that this process can still write below a path; null where the system does not report them. */
export async function freeBytes(path: string): Promise<number | null> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    try {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    } catch {
      // The folder may not exist yet: try its parent.
      if (folder === dirname(folder)) return null;
    }
  }
}

type Rotation = {
  /** Bytes above which the log is rotated. */
  limit: number;
  /** How many older logs are retained, as .1 (the newest), .2 and so on. */
  generations: number;
  /** Whether another process has it open for appending: then it is copied and truncated, not renamed. */
  isHeld?: boolean;
};

/** Rotates a log that is larger than its limit. */
export function rotateLog(file: string, { limit, generations, isHeld = false }: Rotation): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) <= limit) return;
  for (let age = generations - 1; age >= 1; age -= 1) {
    const older = `${file}.${age}`;
    if (statSync(older, { throwIfNoEntry: false })) renameSync(older, `${file}.${age + 1}`);
  }
  if (!isHeld) {
    renameSync(file, `${file}.1`);
    return;
  }
  copyFileSync(file, `${file}.1`);
  chmodSync(`${file}.1`, PRIVATE_FILE_MODE);
  truncateSync(file, 0);
}
