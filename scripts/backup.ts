/** `npm run backup [FILE]`: writes a backup. */
import { existsSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { BackupError } from "../server/backup/file";
import { backupFolder } from "../server/backup/nightly-state";
import { takeBackup } from "../server/backup/take";
import { readEnvironment } from "../server/platform/env";
import { withDatabase } from "./lib/owner-database";

/** @param args the path of the file; by default a file in the folder of backups, named by the time */
export async function main([file]: string[]): Promise<void> {
  await withDatabase("shared", async (url) => {
    const now = new Date();
    const name = `evenhour-${now.toISOString().slice(0, 19).replaceAll(":", "-")}.evenhour.gz`;
    const path = resolve(file ?? join(backupFolder(readEnvironment()), name));
    if (existsSync(path)) {
      throw new BackupError(`The file ${path} exists already: choose another name, or move it.`);
    }
    const { sums, violations } = await takeBackup(url, path, now);
    for (const [table, { rows, sha256 }] of sums) {
      console.log(`  ${table.padEnd(20)}${String(rows).padStart(9)}  ${sha256.slice(0, 16)}`);
    }
    if (violations > 0) {
      console.log(`The books have ${violations} violations: tell the operator of Evenhour.`);
    }
    const size = (statSync(path).size / 1e6).toFixed(1);
    console.log(`Backup written: ${relative(process.cwd(), path)} (${size} MB).`);
  });
}
