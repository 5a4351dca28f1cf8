/** `npm run restore FILE`: fills a database from a backup. */
import { parseArgs } from "node:util";
import { restoreBackup } from "../server/backup/restore";
import { withDatabase } from "./owner-database";
import { Refusal } from "./refusal";

/** @param args the path of the file, and --replace */
export async function main(args: string[]): Promise<void> {
  await withDatabase("alone", async (url) => {
    const { path, isReplacing } = readArguments(args);
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
        ? "The books are right. Everybody signs in anew."
        : `The books have the ${violations} violations that they had when the backup was taken. Everybody signs in anew.`,
    );
  });
}

function readArguments(args: string[]): { path: string; isReplacing: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { replace: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const [path] = positionals;
    if (path && positionals.length === 1) return { path, isReplacing: values.replace };
  } catch {
    // Told below.
  }
  throw new Refusal(
    "Say which file: npm run restore -- FILE, with --replace to throw away what is there.",
  );
}
