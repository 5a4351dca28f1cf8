/** What PostgreSQL, its driver and Prisma say of a failure. */

type DatabaseCause = { originalCode?: unknown; originalMessage?: unknown; detail?: unknown };

/** The SQLSTATE and detail behind an error of Prisma's, where PostgreSQL gave one. */
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

/** What a failure of the database means for whoever asked; null for any other failure. */
type Outage = "busy" | "unavailable";

const BUSY = new Set([
  // lock_not_available (lock_timeout), query_canceled (statement_timeout)
  ...["55P03", "57014"],
  // idle_in_transaction_session_timeout
  "25P03",
  // too_many_connections, and the pool's own
  "53300",
]);
/** Prisma's own: a transaction that did not begin or end in time, no connection in time. */
const BUSY_PRISMA = new Set(["P2028", "P2024"]);
/** Connection exceptions, insufficient resources (a full disk), an operator's intervention. */
const UNAVAILABLE = /^(08|53|57P0)/;
const UNAVAILABLE_PRISMA = new Set(["P1001", "P1002", "P1008", "P1017"]);
const SOCKET = new Set(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "EPIPE"]);
/** Kinds of Prisma's driver adapter. */
const ADAPTER = new Set(["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout"]);
/** pg's, which has no code. */
const TERMINATED = "Connection terminated";

/** Whether the database was too busy to answer, or not there. */
export function outageOf(error: unknown): Outage | null {
  const state = sqlStateOf(error)?.code ?? "";
  if (BUSY.has(state)) return "busy";
  if (UNAVAILABLE.test(state)) return "unavailable";
  for (let cause: unknown = error, depth = 0; cause && depth < 6; depth += 1) {
    if (typeof cause !== "object") return null;
    const { code, kind, message, meta, cause: inner } = cause as Record<string, unknown>;
    if (typeof code === "string") {
      if (BUSY_PRISMA.has(code)) return "busy";
      if (UNAVAILABLE_PRISMA.has(code) || SOCKET.has(code)) return "unavailable";
    }
    if (typeof kind === "string" && ADAPTER.has(kind)) return "unavailable";
    if (typeof message === "string" && message.startsWith(TERMINATED)) return "unavailable";
    cause = (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError ?? inner;
  }
  return null;
}
