/** A database that this version must not change, or could not upgrade. The message tells the operator what to do. */
export class MigrationError extends Error {}
