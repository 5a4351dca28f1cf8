type DatabaseCause = { originalCode?: unknown; originalMessage?: unknown; detail?: unknown };

/** The SQLSTATE and detail within an error of Prisma or pg; null when PostgreSQL did not raise it. */
export function sqlStateOf(error: unknown): { code: string; detail: string } | null {
  for (let cause: unknown = error, depth = 0; cause && depth < 6; depth += 1) {
    if (typeof cause !== "object") return null;
    const { originalCode, code, detail } = cause as DatabaseCause & { code?: unknown };
    const state = originalCode ?? code;
    if (typeof state === "string" && /^[0-9A-Z]{5}$/.test(state) && !/^P\d{4}$/.test(state)) {
      return { code: state, detail: typeof detail === "string" ? detail : "" };
    }
    const { meta, cause: inner } = cause as {
      meta?: { driverAdapterError?: unknown };
      cause?: unknown;
    };
    cause = meta?.driverAdapterError ?? inner;
  }
  return null;
}

const BUSY = new Set([
  // lock_not_available (lock_timeout, and too many writers in the pool), query_canceled (statement_timeout)
  "55P03",
  "57014",
  // idle_in_transaction_session_timeout
  "25P03",
]);
/** Prisma's codes: a transaction that did not start or end in time, no connection in time. */
const BUSY_PRISMA = new Set(["P2028", "P2024"]);

/** Whether the database was reachable, but too busy to answer in time. */
export function isBusy(error: unknown): boolean {
  if (BUSY.has(sqlStateOf(error)?.code ?? "")) return true;
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" && BUSY_PRISMA.has(code);
}
