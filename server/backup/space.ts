/** Checks the free disk space before a backup. */
import type { Client } from "pg";
import { freeBytes } from "../platform/files";
import { BackupError } from "./file";

/** Space that a backup leaves free, so that the database on the same disk can continue to write. */
const RESERVE_BYTES = 50_000_000;

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;

/**
 * @param free bytes, or null when unknown
 * @throws BackupError when `free` is less than the expected size plus a reserve
 */
export function requireSpace(free: number | null, expected: number, folder: string): void {
  const needed = RESERVE_BYTES + expected;
  if (free === null || free >= needed) return;
  throw new BackupError(
    `The disk is too full for a backup: ${folder} has ${megabytes(free)} free, and ${megabytes(needed)} are needed. Make room, or set EVENHOUR_BACKUP_DIR to a folder on another disk.`,
  );
}

/**
 * @param folder the folder of the backup; it need not exist yet
 * @throws BackupError when its disk has too little space for a backup of this database
 */
export async function requireSpaceFor(client: Client, folder: string): Promise<void> {
  const { rows } = await client.query<{ bytes: string }>(
    `SELECT coalesce(sum(pg_table_size(oid)), 0)::bigint AS bytes FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
  );
  // Half the size of the tables: rows compress well, photos hardly at all.
  requireSpace(await freeBytes(folder), Number(rows[0]?.bytes ?? 0) / 2, folder);
}
