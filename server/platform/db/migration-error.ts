/** A database that this version must not touch, or could not bring up to date; the message says what to do. */
export class MigrationError extends Error {}
