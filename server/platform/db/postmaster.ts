/** Finds the server process of a PostgreSQL data folder by its postmaster.pid. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readlinkSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Whether a process with that id exists, of any user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

export type Postmaster = { pid: number; port: number };

/** The running server of a cluster, or null. A process id that another process has taken over is ignored. */
export function runningPostmaster(cluster: string): Postmaster | null {
  const recorded = readPidFile(cluster);
  return recorded && isAlive(recorded.pid) && servesCluster(recorded.pid, cluster)
    ? recorded
    : null;
}

/**
 * Makes a stale postmaster.pid harmless. PostgreSQL handles one whose process is gone, and needs the file: it
 * names the shared memory by which PostgreSQL notices children of the dead server that still write. But it
 * refuses to start when any running process has that id, except its own parent, whose id is written here.
 */
export function disarmPidFile(cluster: string): void {
  const recorded = readPidFile(cluster);
  if (!recorded || !isAlive(recorded.pid) || servesCluster(recorded.pid, cluster)) return;
  const file = join(cluster, "postmaster.pid");
  const [, ...rest] = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, [String(process.pid), ...rest].join("\n"));
}

/** Line 1 is the process id, line 4 the port: src/include/utils/pidfile.h of PostgreSQL. */
function readPidFile(cluster: string): Postmaster | null {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Number(lines[0]);
  return Number.isSafeInteger(pid) && pid > 0 ? { pid, port: Number(lines[3]) } : null;
}

/** PostgreSQL's working directory is its cluster. */
function servesCluster(pid: number, cluster: string): boolean {
  if (existsSync("/proc/self/cwd")) {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
    } catch {
      // The process is gone, a zombie, or another user's. Our own server is always readable.
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
