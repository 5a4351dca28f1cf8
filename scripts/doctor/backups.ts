/** Whether there are backups, and whether the newest one can be restored. */
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "pg";
import { BackupError } from "../../server/backup/file";
import { backupFolder, FAILED_MARK, readNightly } from "../../server/backup/nightly-state";
import { restoreBackup } from "../../server/backup/restore";
import { withoutSecrets } from "../../server/platform/log";
import { check, type Finding, plural, reasonOf, timeOf } from "./finding";
import type { Database, Installation } from "./installation";

type Backup = { path: string; at: Date };

/** The newest backup of any kind in the folder of backups; null when there is none. */
export function newestBackup(folder: string): Backup | null {
  try {
    const backups = readdirSync(folder)
      .filter((name) => name.endsWith(".evenhour.gz"))
      .map((name) => join(folder, name))
      .map((path) => ({ path, at: statSync(path).mtime }));
    return backups.sort((a, b) => b.at.getTime() - a.at.getTime())[0] ?? null;
  } catch {
    return null;
  }
}

export async function checkBackup(
  { variables, now }: Installation,
  { client }: Database,
): Promise<Finding> {
  const { ok, fault, note } = check("backup");
  const { rows } = await client.query<{ since: Date | null }>(
    "SELECT min(created_at) AS since FROM community",
  );
  const folder = backupFolder(variables);
  const { state, lastAt } = await readNightly(rows[0]?.since ?? null, now, variables);
  const newest = newestBackup(folder);
  const last = newest ? `the newest is of ${timeOf(newest.at)}` : "there is none";
  switch (state) {
    case "failed":
      return fault(
        `The last nightly backup failed: ${failureIn(folder)} (in ${folder}, ${last}). Mend that, then run npm run backup.`,
      );
    case "late":
      return fault(
        `There is no nightly backup of the last day and a half in ${folder} (${last}): leave Evenhour running at night, or take one by npm run backup.`,
      );
    case "off":
      return note(`Nightly backups are off (EVENHOUR_BACKUP_KEEP=0), and in ${folder} ${last}.`);
    default:
      return lastAt
        ? ok(`The newest nightly backup is of ${timeOf(lastAt)}. Copy it to another machine.`)
        : note(`There is no nightly backup yet: the first is taken at 02:41 UTC.`);
  }
}

function failureIn(folder: string): string {
  try {
    return withoutSecrets(readFileSync(join(folder, FAILED_MARK), "utf8")).trim();
  } catch {
    return "the reason was printed";
  }
}

const PREFIX = "evenhour_doctor_";
/** A scratch database that an interrupted doctor left behind is dropped after this time. */
const LEFTOVER_MS = 6 * 3_600_000;

/**
 * Restores the newest backup into a scratch database, which is dropped afterwards.
 * @param signal ends it early; the database is dropped then too
 */
export async function checkRestore(
  installation: Installation,
  { client, url }: Database,
  signal: AbortSignal,
): Promise<Finding> {
  const { ok, fault, warning, note, unknown } = check("restore");
  const newest = newestBackup(backupFolder(installation.variables));
  if (!newest) return note("There is no backup that could be restored.");
  const { rows } = await client.query<{ may: boolean }>(
    "SELECT rolsuper OR rolcreatedb AS may FROM pg_roles WHERE rolname = current_user",
  );
  if (!rows[0]?.may) {
    return warning(
      `The newest backup could not be tried, since the user of DATABASE_URL may not create a scratch database: run ALTER ROLE … CREATEDB as a superuser, or restore ${newest.path} on another machine.`,
    );
  }
  await dropLeftovers(client, installation.now);
  const name = `${PREFIX}${installation.now.getTime()}_${randomBytes(3).toString("hex")}`;
  await client.query(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  const drop = () => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  const scratch = new URL(url);
  scratch.pathname = `/${name}`;
  try {
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    const restoring = restoreBackup({ url: scratch.href, path: newest.path, isReplacing: false });
    // Its connection ends when the database is dropped.
    restoring.catch(() => undefined);
    const { members, transfers, violations, takenAt } = await Promise.race([restoring, aborted]);
    if (violations > 0) {
      return warning(
        `The newest backup restores, but its books have ${plural(violations, "violation")}: ${newest.path}.`,
      );
    }
    return ok(
      `The backup of ${timeOf(takenAt)} restores: ${plural(members, "member")}, ${plural(transfers, "transfer")}.`,
    );
  } catch (error) {
    if (signal.aborted) return unknown("The restore was interrupted.");
    if (!(error instanceof BackupError)) throw error;
    return fault(
      `The newest backup does not restore: ${reasonOf(error)} Take a new one by npm run backup, and try it with npm run doctor.`,
    );
  } finally {
    await drop();
  }
}

/** Drops old scratch databases without connections. */
async function dropLeftovers(client: Client, now: Date): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database
     WHERE starts_with(datname, $1) AND pg_has_role(datdba, 'USAGE')
       AND NOT EXISTS (SELECT FROM pg_stat_activity WHERE pg_stat_activity.datname = pg_database.datname)`,
    [PREFIX],
  );
  for (const { name } of rows) {
    const madeAt = Number(name.slice(PREFIX.length).split("_")[0]);
    const isOld = Number.isFinite(madeAt) && now.getTime() - madeAt > LEFTOVER_MS;
    if (isOld) await client.query(`DROP DATABASE IF EXISTS "${name}"`);
  }
}
