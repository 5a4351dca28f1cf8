/** Whether the disk has room for a backup, asked before one is begun. */
import type { Client } from "pg";
import { freeBytes } from "../platform/files";
import { BackupError } from "./file";

/** Bytes that a backup leaves free, so that the database beside it can go on writing. */
const RESERVE_BYTES = 50_000_000;

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;

/** @throws BackupError unless `free` bytes are enough; null where that is not known */
export function requireSpace(free: number | null, expected: number, folder: string): void {
  const needed = RESERVE_BYTES + expected;
  if (free === null || free >= needed) return;
  throw new BackupError(
    `The disk is too full for a backup: ${folder} has ${megabytes(free)} free, and ${megabytes(needed)} are needed. Make room, or set EVENHOUR_BACKUP_DIR to a folder on another disk.`,
  );
}

/**
 * @param folder where the backup goes; it need not exist yet
 * @throws BackupError when there is no room for a backup of this database
 */
export async function requireSpaceFor(client: Client, folder: string): Promise<void> {
  const { rows } = await client.query<{ bytes: string }>(
    `SELECT coalesce(sum(pg_table_size(oid)), 0)::bigint AS bytes FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
  );
  // Compressed, without indexes; photos hardly shrink.
  requireSpace(await freeBytes(folder), Number(rows[0]?.bytes ?? 0) / 2, folder);
}
