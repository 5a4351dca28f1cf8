import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { Client } from "pg";
import { z } from "zod";
import { BackupError, type Header, type Sum, writeBackup } from "./file";
import { requireSpaceFor } from "./space";
import { rowsOf, SETTINGS, tablesOf } from "./tables";

const packageShape = z.object({ version: z.string() });

/**
 * Writes one file from a consistent snapshot, while the application may run.
 * @param url the database URL of the owner
 * @returns the sum of each table, and the number of violations that check_books found
 * @throws BackupError when the database has no time bank, or the file cannot be written
 */
export async function takeBackup(
  url: string,
  path: string,
  now: Date,
): Promise<{ sums: Map<string, Sum>; violations: number }> {
  const client = new Client({ connectionString: url });
  await client.connect();
  // An error of the connection fails its query as well.
  client.on("error", () => undefined);
  try {
    await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${SETTINGS}`);
    const header = await headerOf(client, now);
    await requireSpaceFor(client, dirname(path));
    const tables = (await tablesOf(client)).filter(({ isExcluded }) => !isExcluded);
    const withRows = tables.map((table) => ({ ...table, rows: lazyRows(client, table) }));
    const sums = await writeBackup(path, header, withRows).catch((error: unknown) => {
      throw translateFileError(error, path);
    });
    await client.query("COMMIT");
    return { sums, violations: header.violations };
  } finally {
    await client.end();
  }
}

/** Starts its COPY only when rows are read, since a connection runs one at a time. */
async function* lazyRows(client: Client, table: Parameters<typeof rowsOf>[1]) {
  yield* rowsOf(client, table);
}

async function headerOf(client: Client, now: Date): Promise<Header> {
  const { rows } = await client.query<{ ours: boolean }>(
    `SELECT to_regclass('public._prisma_migrations') IS NOT NULL
       AND to_regclass('public.transfer') IS NOT NULL AS ours`,
  );
  if (!rows[0]?.ours) {
    throw new BackupError("There is nothing to back up: this database holds no time bank yet.");
  }
  const { rows: versions } = await client.query<Pick<Header, "migrations" | "postgres">>(
    `SELECT current_setting('server_version') AS postgres,
       ARRAY(SELECT migration_name::text FROM _prisma_migrations
         WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1) AS migrations`,
  );
  return {
    evenhourBackup: 1,
    version: packageShape.parse(JSON.parse(readFileSync("package.json", "utf8"))).version,
    postgres: versions[0]?.postgres ?? "",
    takenAt: now.toISOString(),
    migrations: versions[0]?.migrations ?? [],
    violations: await countViolations(client),
  };
}

/** The number of violations that check_books finds in all communities. */
export async function countViolations(client: Client): Promise<number> {
  const { rows } = await client.query<{ violations: number }>(
    "SELECT count(*)::int AS violations FROM check_books()",
  );
  return rows[0]?.violations ?? 0;
}

/** A BackupError for an error of the file system; other errors unchanged. */
function translateFileError(error: unknown, path: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : "";
  const folder = dirname(path);
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return new BackupError(
        `The disk filled up while the backup was written to ${folder}: free some space, or set EVENHOUR_BACKUP_DIR to a folder on another disk.`,
        { cause: error },
      );
    case "EACCES":
    case "EPERM":
    case "EROFS":
    case "ENOTDIR":
    case "EEXIST":
    case "EISDIR":
      return new BackupError(
        `No file can be written to ${folder} (${code}): give the folder to the user who runs Evenhour, or set EVENHOUR_BACKUP_DIR to another one.`,
        { cause: error },
      );
    default:
      return error;
  }
}
