/** Which process serves a PostgreSQL data folder, told by its postmaster.pid. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readlinkSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Whether a process of that number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

export type Postmaster = { pid: number; port: number };

/** The server that runs on this cluster, or null; a number that went to another process is none. */
export function runningPostmaster(cluster: string): Postmaster | null {
  const named = readPidFile(cluster);
  return named && isAlive(named.pid) && servesCluster(named.pid, cluster) ? named : null;
}

/**
 * Makes a left-behind postmaster.pid harmless. PostgreSQL copes with one whose process is gone,
 * and the file must stay for that: it leads to the shared memory by which PostgreSQL sees
 * children of the dead server that still write. But it would give way to any living process of
 * that number; its own parent is the one number it never gives way to.
 */
export function disarmPidFile(cluster: string): void {
  const named = readPidFile(cluster);
  if (!named || !isAlive(named.pid) || servesCluster(named.pid, cluster)) return;
  const file = join(cluster, "postmaster.pid");
  const [, ...rest] = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, [String(process.pid), ...rest].join("\n"));
}

/** Line 1 is the process, line 4 the port; see src/include/utils/pidfile.h of PostgreSQL. */
function readPidFile(cluster: string): Postmaster | null {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Number(lines[0]);
  return Number.isSafeInteger(pid) && pid > 0 ? { pid, port: Number(lines[3]) } : null;
}

/** PostgreSQL works inside its cluster, so the working folder tells what a process serves. */
function servesCluster(pid: number, cluster: string): boolean {
  if (existsSync("/proc/self/cwd")) {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
    } catch {
      // Gone, a zombie, or somebody else's; our own server is always ours to read.
      return false;
    }
  }
  try {
    const command = execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
    return command.includes("postgres") && command.includes(cluster);
  } catch {
    return false;
  }
}
