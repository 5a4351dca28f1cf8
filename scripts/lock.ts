/** One application a data folder. A lock whose process is gone, or became another, binds nobody. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const holder = z.object({ pid: z.int(), started: z.string() });

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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Takes the folder for this process.
 * @returns null, or the id of the process that has it
 */
export function lockFolder(dataDir: string): number | null {
  const file = join(dataDir, "evenhour.lock");
  const mine = JSON.stringify({ pid: process.pid, started: startedOf(process.pid) });
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: "wx" });
      process.once("exit", () => rmSync(file, { force: true }));
      return null;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    const found = holder.safeParse(readJson(file));
    if (found.success) {
      const { pid, started } = found.data;
      if (pid !== process.pid && isAlive(pid) && startedOf(pid) === started) return pid;
    }
    rmSync(file, { force: true });
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
