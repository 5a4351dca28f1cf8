import { BackupError } from "../../server/backup/file";
import { EmbeddedDatabaseError } from "../../server/platform/db/embedded";
import { MigrationError } from "../../server/platform/db/migration-error";
import { InvalidEnvironment } from "../../server/platform/env";
import { UserFacingError } from "./user-facing-error";

/** What failures are told by, to whoever sits at the terminal; the others need their stack. */
const USER_FACING_ERRORS = [
  UserFacingError,
  InvalidEnvironment,
  EmbeddedDatabaseError,
  BackupError,
  MigrationError,
];

/** The sentence of a failure that the person can mend; null for one that is ours. */
export const userMessage = (error: unknown): string | null =>
  error instanceof Error && USER_FACING_ERRORS.some((kind) => error instanceof kind)
    ? error.message
    : null;
