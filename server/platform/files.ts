/** Folders that only their owner may enter, whatever the umask, logs that end, and room on the disk. */
import { chmodSync, copyFileSync, mkdirSync, renameSync, statSync, truncateSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, resolve, sep } from "node:path";

const PRIVATE_FOLDER_MODE = 0o700;
const PRIVATE_FILE_MODE = 0o600;
const STICKY = 0o1000;

/**
 * Makes a folder private to its owner, whether it is new or was there.
 * @returns false for a folder that is there and is left as it is: a shared one such as /tmp, the
 *   home folder or one that holds this program, or somebody else's
 * @throws what mkdir throws when it cannot be made
 */
export function makePrivateFolder(folder: string, mode = PRIVATE_FOLDER_MODE): boolean {
  mkdirSync(folder, { recursive: true, mode });
  const found = statSync(folder).mode;
  if ((found & 0o777) === mode) return true;
  if (found & STICKY || isAround(folder, homedir()) || isAround(folder, process.cwd()))
    return false;
  try {
    chmodSync(folder, mode);
    return true;
  } catch {
    // Another owner's, or a file system without rights (a USB stick).
    return false;
  }
}

function isAround(folder: string, place: string): boolean {
  const outer = resolve(folder);
  const inner = resolve(place);
  return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`);
}

/** Bytes that this process may still write below a path, or null where the system does not say. */
export async function freeBytes(path: string): Promise<number | null> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    try {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    } catch {
      // Not there yet: its parent, then.
      if (folder === dirname(folder)) return null;
    }
  }
}

type Rotation = {
  /** Bytes from which a log is begun anew. */
  limit: number;
  /** How many older ones stay beside it, as .1 (the youngest), .2 and so on. */
  generations: number;
  /** Whether another process holds it open, always at its end: then it is copied and emptied. */
  isHeld?: boolean;
};

/** Begins a log anew when it has grown. */
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
