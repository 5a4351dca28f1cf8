/** Lock files between processes. A lock whose process has ended is stale, even if its process id is in use again. */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { isAlive } from "../../server/platform/db/postmaster";

const holderShape = z.object({ pid: z.int(), started: z.string() });
type Holder = z.infer<typeof holderShape>;

/** The start time of a process, in clock ticks since boot; "" where /proc is not available. */
function startedOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the command in brackets and may contain spaces; the 22nd is the start time.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

const isHeld = ({ pid, started }: Holder): boolean =>
  pid !== process.pid && isAlive(pid) && startedOf(pid) === started;

function holderOf(file: string): Holder | null {
  try {
    const result = holderShape.safeParse(JSON.parse(readFileSync(file, "utf8")));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

/**
 * Acquires a lock for this process, until it ends or `release` is called.
 * @returns the release function, or the id of the process that holds the lock
 */
export function acquireLock(file: string): { release: () => void } | { heldBy: number } {
  const mine: Holder = { pid: process.pid, started: startedOf(process.pid) };
  const isMine = () => holderOf(file)?.pid === process.pid;
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify(mine), { flag: "wx", mode: 0o600 });
      break;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    const holder = holderOf(file);
    if (holder && isHeld(holder)) return { heldBy: holder.pid };
    // Renamed rather than deleted: of two processes that find it stale, only one can rename it.
    const stale = `${file}.${process.pid}`;
    try {
      renameSync(file, stale);
    } catch {
      continue;
    }
    const moved = holderOf(stale);
    // Another process was faster and this is its new lock: restore it.
    if (moved && isHeld(moved)) renameSync(stale, file);
    else rmSync(stale, { force: true });
  }
  const release = () => {
    if (isMine()) rmSync(file, { force: true });
  };
  process.once("exit", release);
  return { release };
}

const POLL_MS = 250;

/** Acquires a lock, waiting while another process holds it. @param onWait called once before waiting */
export async function waitForLock(
  file: string,
  onWait: () => void,
): Promise<{ release: () => void }> {
  for (let tries = 0; ; tries += 1) {
    const lock = acquireLock(file);
    if ("release" in lock) return lock;
    if (tries === 0) onWait();
    await sleep(POLL_MS);
  }
}
