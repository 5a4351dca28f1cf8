/** `npm run restore -- FILE [--replace]`: restores a backup. */
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { restoreBackup } from "../server/backup/restore";
import { withDatabase } from "./lib/owner-database";

/** @param args the path of the file, and --replace */
export async function main(args: string[]): Promise<void> {
  // Checked before a database is started.
  const options = readArguments(args);
  if (!options || !existsSync(options.path)) {
    console.error(
      options
        ? `There is no file ${options.path}: give the path of a backup.`
        : "Name the file: npm run restore -- FILE, with --replace to delete the existing data.",
    );
    process.exit(1);
  }
  const { path, isReplacing } = options;
  await withDatabase("alone", async (url) => {
    const say = (line: string) => console.log(`· ${line}`);
    const restored = await restoreBackup({ url, path, isReplacing, say });
    for (const [table, rows] of restored.rows) {
      console.log(`  ${table.padEnd(20)}${String(rows).padStart(9)}`);
    }
    const { communities, members, exchanges, transfers, violations, takenAt } = restored;
    console.log(
      `Restored ${communities.join(", ") || "no community"} as of ${takenAt.toISOString()}: ${members} members, ${exchanges} exchanges, ${transfers} transfers.`,
    );
    console.log(
      violations === 0
        ? "The books are right. All users must sign in again."
        : `The books have the ${violations} violations that they had when the backup was taken. All users must sign in again.`,
    );
  });
}

/** @returns null unless there is exactly one path and no unknown option */
function readArguments(args: string[]): { path: string; isReplacing: boolean } | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { replace: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const [path] = positionals;
    return path && positionals.length === 1 ? { path, isReplacing: values.replace } : null;
  } catch {
    return null;
  }
}
