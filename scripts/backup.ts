/** `npm run backup`: one file with everything that the time bank must not lose. */
import { existsSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { BackupError } from "../server/backup/file";
import { backupFolder } from "../server/backup/nightly-state";
import { takeBackup } from "../server/backup/take";
import { readEnvironment } from "../server/platform/env";
import { withDatabase } from "./lib/owner-database";

/** @param args the path of the file; without one, a file named by the time in the folder for backups */
export async function main([given]: string[]): Promise<void> {
  await withDatabase("shared", async (url) => {
    const now = new Date();
    const name = `evenhour-${now.toISOString().slice(0, 19).replaceAll(":", "-")}.evenhour.gz`;
    const path = resolve(given ?? join(backupFolder(readEnvironment()), name));
    if (existsSync(path)) {
      throw new BackupError(`There is a file ${path} already: give another name, or move it away.`);
    }
    const { sums, violations } = await takeBackup(url, path, now);
    for (const [table, { rows, sha256 }] of sums) {
      console.log(`  ${table.padEnd(20)}${String(rows).padStart(9)}  ${sha256.slice(0, 16)}`);
    }
    if (violations > 0) {
      console.log(`The books have ${violations} violations: tell whoever looks after Evenhour.`);
    }
    const size = (statSync(path).size / 1e6).toFixed(1);
    console.log(`Backup written: ${relative(process.cwd(), path)} (${size} MB).`);
  });
}
