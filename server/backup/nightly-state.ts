/** The folder of the backups, and the state of the nightly ones. */
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { env } from "../platform/env";

/** The file name of a nightly backup; the day is in UTC. */
export const NIGHTLY = /^nightly-\d{4}-\d{2}-\d{2}\.evenhour\.gz$/;

/** After this time a nightly backup is overdue: one night and half a day. */
const OVERDUE_MS = 36 * 3_600_000;
/** How far the clocks of the file system and of this computer may differ. */
const CLOCK_SKEW_MS = 60_000;

type Folders = { EVENHOUR_BACKUP_DIR?: string | undefined; EVENHOUR_DATA_DIR: string };
type Variables = Folders & { EVENHOUR_BACKUP_KEEP: number };

/** The folder of backups unless a path is given. */
export const backupFolder = (variables: Folders) =>
  resolve(variables.EVENHOUR_BACKUP_DIR ?? join(variables.EVENHOUR_DATA_DIR, "backups"));

/** This file is in the folder of the backups while the last nightly backup has failed. */
export const FAILED_MARK = "nightly-failed";

/**
 * "off" when EVENHOUR_BACKUP_KEEP is 0, "failed" when the last attempt failed, "late" when none was completed
 * within OVERDUE_MS.
 */
type NightlyState = "off" | "ok" | "late" | "failed";

export type Nightly = {
  state: NightlyState;
  /** When the last one was completed; null when there is none. */
  lastAt: Date | null;
};

/**
 * The state of the nightly backups. It is read from the files, so that it survives a restart and a full disk.
 * @param since when the first community was created: a new installation has no backup yet
 */
export async function readNightly(
  since: Date | null,
  now: Date,
  variables: Variables = env(),
): Promise<Nightly> {
  const { EVENHOUR_BACKUP_KEEP, ...rest } = variables;
  const folder = backupFolder(rest);
  const names = await readdir(folder).catch(() => []);
  const nights = names.filter((name) => NIGHTLY.test(name));
  const times = await Promise.all(nights.map((name) => timeOf(join(folder, name))));
  // A file with a future date was written by a clock that was ahead, and says nothing about last night.
  const past = times.filter((time) => time !== null && time <= now.getTime() + CLOCK_SKEW_MS);
  const last = past.length > 0 ? Math.max(...past.map(Number)) : null;
  const lastAt = last === null ? null : new Date(last);
  if (EVENHOUR_BACKUP_KEEP === 0) return { state: "off", lastAt };
  const failed = await timeOf(join(folder, FAILED_MARK));
  if (failed !== null && failed > (last ?? 0)) return { state: "failed", lastAt };
  const from = last ?? (await startOf(since, rest.EVENHOUR_DATA_DIR));
  const isLate = from !== null && now.getTime() - from > OVERDUE_MS;
  return { state: isLate ? "late" : "ok", lastAt };
}

const timeOf = async (path: string): Promise<number | null> =>
  (await stat(path).catch(() => null))?.mtime.getTime() ?? null;

/** When the installation began. A community that was restored or is a demo may be older than the data folder. */
async function startOf(since: Date | null, dataDir: string): Promise<number | null> {
  if (!since) return null;
  const folder = await stat(dataDir).catch(() => null);
  return Math.max(since.getTime(), folder?.birthtime.getTime() ?? 0);
}
