/**
 * When the database was last unreachable, full or overloaded. Stored globally, since the pages run in a bundle
 * of their own in the same process as the HTTP server in front of them.
 */
const lastOutage: { evenhourDatabaseTrouble?: number } = globalThis as never;

/**
 * SQLSTATE: connections (08), resources (53: disk, memory, connections), the operator or a timeout
 * (57), read-only (25006), waited too long for a lock (55P03).
 */
const CONNECTION_STATES = /^(08|53|57)...$|^25006$|^55P03$/;
/** Prisma's codes: unreachable, timed out, closed, no free connection, transaction not started. */
const PRISMA = /^P(1001|1002|1008|1017|2024|2028|2037)$/;
const SYSTEM = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;
/** pg's errors that have no code. */
const CONNECTION_MESSAGES =
  /timeout exceeded when trying to connect|Connection terminated|not queryable/;

/**
 * Whether an error, or an error that Prisma or tRPC wrapped, is an outage of the database rather than a fault
 * of the statement.
 */
export function isOutage(error: unknown): boolean {
  for (let cause: unknown = error, depth = 0; cause && depth < 6; depth += 1) {
    if (typeof cause !== "object") return false;
    if (cause instanceof AggregateError && cause.errors.some(isOutage)) return true;
    const fields = cause as Record<"code" | "originalCode" | "message" | "meta" | "cause", unknown>;
    const codes = [fields.code, fields.originalCode].filter((code) => typeof code === "string");
    if (codes.some((code) => [CONNECTION_STATES, SYSTEM, PRISMA].some((kind) => kind.test(code))))
      return true;
    if (typeof fields.message === "string" && CONNECTION_MESSAGES.test(fields.message)) return true;
    const wrapped = fields.meta as { driverAdapterError?: unknown } | undefined;
    cause = wrapped?.driverAdapterError ?? fields.cause;
  }
  return false;
}

/** Records the time of an outage; ignores other errors. */
export function recordOutage(error: unknown): void {
  if (isOutage(error)) lastOutage.evenhourDatabaseTrouble = performance.now();
}

/** Whether there was an outage since a moment of performance.now(). */
export const hadOutageSince = (moment: number): boolean =>
  (lastOutage.evenhourDatabaseTrouble ?? Number.NEGATIVE_INFINITY) >= moment;
