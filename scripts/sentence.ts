import { BackupError } from "../server/backup/file";
import { EmbeddedDatabaseError } from "../server/db/embedded";
import { MigrationError } from "../server/db/migration-error";
import { WrongEnvironment } from "../server/env";
import { Refusal } from "./refusal";

/** What failures are told by, to whoever sits at the terminal; the others need their stack. */
const KINDS = [Refusal, WrongEnvironment, EmbeddedDatabaseError, BackupError, MigrationError];

/** The sentence of a failure that the person can mend; null for one that is ours. */
export const sentenceOf = (error: unknown): string | null =>
  error instanceof Error && KINDS.some((kind) => error instanceof kind) ? error.message : null;
