/** What needs the operator's attention: missing backups and a full disk. */
import { backupFolder, type Nightly, readNightly } from "../backup/nightly-state";
import { env } from "../platform/env";
import { type Health, readHealth } from "../platform/health";

export type Maintenance = { backup: Nightly; disk: Health["disk"] };

export async function readMaintenance(now: Date): Promise<Maintenance> {
  const { disk, since } = await readHealth();
  return { disk, backup: await readNightly(since, now) };
}

/** Warnings for the operator, one sentence each, for the startup and the log. */
export function warningsOf({ backup: { state, lastAt }, disk }: Maintenance): string[] {
  const warnings: string[] = [];
  if (disk !== "ok") {
    warnings.push("The disk is nearly full: make room, or writing will soon fail.");
  }
  const last = lastAt
    ? `the last one is of ${lastAt.toISOString().slice(0, 16)} UTC`
    : "there is none";
  const folder = backupFolder(env());
  if (state === "failed") {
    warnings.push(
      `The last nightly backup failed (${last}, in ${folder}): the reason is printed after "[backup]", and "npm run backup" tries it now.`,
    );
  }
  if (state === "late") {
    warnings.push(
      `There is no nightly backup of the last day and a half in ${folder} (${last}): leave Evenhour running at night, or take one by "npm run backup".`,
    );
  }
  return warnings;
}
