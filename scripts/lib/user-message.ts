import { BackupError } from "../../server/backup/file";
import { EmbeddedDatabaseError } from "../../server/platform/db/embedded";
import { MigrationError } from "../../server/platform/db/migration-error";
import { InvalidEnvironment } from "../../server/platform/env";
import { UserFacingError } from "./user-facing-error";

/** Errors shown to the operator as a message only; all others print a stack. */
const USER_FACING_ERRORS = [
  UserFacingError,
  InvalidEnvironment,
  EmbeddedDatabaseError,
  BackupError,
  MigrationError,
];

/** The message of an error that the operator can fix; null for a bug. */
export const userMessage = (error: unknown): string | null =>
  error instanceof Error && USER_FACING_ERRORS.some((kind) => error instanceof kind)
    ? error.message
    : null;
