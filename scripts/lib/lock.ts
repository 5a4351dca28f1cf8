/** Locks between processes. A lock whose process is gone, or became another, binds nobody. */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { isAlive } from "../../server/platform/db/postmaster";

const holderShape = z.object({ pid: z.int(), started: z.string() });
type Holder = z.infer<typeof holderShape>;

/** When the process began, as the kernel counts; "" where that cannot be asked. */
function startedOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the command in brackets and may hold spaces; the 22nd is the start.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

const isHeld = ({ pid, started }: Holder): boolean =>
  pid !== process.pid && isAlive(pid) && startedOf(pid) === started;

function holderOf(file: string): Holder | null {
  try {
    const found = holderShape.safeParse(JSON.parse(readFileSync(file, "utf8")));
    return found.success ? found.data : null;
  } catch {
    return null;
  }
}

/**
 * Takes a lock for this process, until it ends or `release` is called.
 * @returns how to release it, or the process id of the one who has it
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
    // Moved away rather than removed: of two that find it stale, one moves it and one fails.
    const stale = `${file}.${process.pid}`;
    try {
      renameSync(file, stale);
    } catch {
      continue;
    }
    const moved = holderOf(stale);
    // The other one was faster and this is its new lock: give it back.
    if (moved && isHeld(moved)) renameSync(stale, file);
    else rmSync(stale, { force: true });
  }
  const release = () => {
    if (isMine()) rmSync(file, { force: true });
  };
  process.once("exit", release);
  return { release };
}

/** Takes a lock, waiting while another process has it. */
export async function waitForLock(file: string, say: () => void): Promise<{ release: () => void }> {
  for (let tries = 0; ; tries += 1) {
    const lock = acquireLock(file);
    if ("release" in lock) return lock;
    if (tries === 0) say();
    await sleep(250);
  }
}
