/**
 * When the database was last away, full or overloaded. The pages run in a bundle of their own in
 * the same process, so that the time is kept where the HTTP server in front finds it as well.
 */
const lastOutage: { evenhourDatabaseTrouble?: number } = globalThis as never;

/**
 * SQLSTATE: connections (08), resources (53: disk, memory, connections), the operator or a timeout
 * (57), read-only (25006), waited too long for a lock (55P03).
 */
const CONNECTION_STATES = /^(08|53|57)...$|^25006$|^55P03$/;
/** Prisma's own names: not reached, timed out, closed, no connection free, no transaction begun. */
const PRISMA = /^P(1001|1002|1008|1017|2024|2028|2037)$/;
const SYSTEM = /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;
/** What pg says without a code. */
const CONNECTION_MESSAGES =
  /timeout exceeded when trying to connect|Connection terminated|not queryable/;

/**
 * Whether the database did not answer for a reason of its own, and nothing was wrong with the
 * question; also where Prisma or tRPC wrapped what happened.
 */
export function isOutage(error: unknown): boolean {
  for (let cause: unknown = error, depth = 0; cause && depth < 6; depth += 1) {
    if (typeof cause !== "object") return false;
    if (cause instanceof AggregateError && cause.errors.some(isOutage)) return true;
    const found = cause as Record<"code" | "originalCode" | "message" | "meta" | "cause", unknown>;
    const codes = [found.code, found.originalCode].filter((code) => typeof code === "string");
    if (codes.some((code) => [CONNECTION_STATES, SYSTEM, PRISMA].some((kind) => kind.test(code))))
      return true;
    if (typeof found.message === "string" && CONNECTION_MESSAGES.test(found.message)) return true;
    const wrapped = found.meta as { driverAdapterError?: unknown } | undefined;
    cause = wrapped?.driverAdapterError ?? found.cause;
  }
  return false;
}

/** Remembers the time of a failure of the database itself. */
export function recordOutage(error: unknown): void {
  if (isOutage(error)) lastOutage.evenhourDatabaseTrouble = performance.now();
}

/** Whether the database failed since a moment of performance.now(). */
export const hadOutageSince = (moment: number): boolean =>
  (lastOutage.evenhourDatabaseTrouble ?? Number.NEGATIVE_INFINITY) >= moment;
