/**
 * Writes the next migration: the differences between the schema files and the migrated database.
 * Usage: DATABASE_URL=… npx tsx scripts/make-migration.ts NAME
 */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { migrate, schemaDiff } from "../server/platform/db/migrate";

const name = process.argv[2];
const url = process.env.DATABASE_URL;
if (!name || !url) throw new Error("Usage: DATABASE_URL=… npx tsx scripts/make-migration.ts NAME");

await migrate(url);
const sql = await schemaDiff(url);
if (sql === "") {
  console.log("The schema files and the migrated database do not differ.");
} else {
  const folder = "prisma/migrations";
  // Not the number of folders: 0004 is missing.
  const last = Math.max(...(await readdir(folder)).map((entry) => Number.parseInt(entry, 10) || 0));
  const next = join(folder, `${String(last + 1).padStart(4, "0")}_${name}`);
  await mkdir(next);
  await writeFile(join(next, "migration.sql"), `${sql}\n`);
  console.log(`Wrote ${next}/migration.sql`);
}
