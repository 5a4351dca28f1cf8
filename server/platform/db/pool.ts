import {
  DatabaseError,
  Pool,
  type PoolClient,
  type PoolConfig,
  type QueryConfig,
  type QueryResult,
} from "pg";
import { recordOutage } from "./outage";

type Options = PoolConfig & {
  /** How many connections may write at once; the others are reserved for reads. All when omitted. */
  maxWriters?: number;
  /** How long a write waits for one of those connections. */
  writerTimeoutMs?: number;
};

/**
 * A pool that reuses a connection after PostgreSQL refused a statement. pg's pool closes it; but after a
 * refusal by the books it is intact, and a new one costs more than most statements. Its `query` returns a
 * promise and takes no callback.
 *
 * At most `maxWriters` transactions and writing statements run at once, so that reads find a connection
 * however many writes wait for the same row.
 */
export function makePool({ maxWriters, writerTimeoutMs = 5000, ...config }: Options): Pool {
  const pool = new Pool(config);
  // pg overloads `connect` with a callback, which is not used here.
  const connectOriginal = pool.connect.bind(pool) as () => Promise<PoolClient>;
  const open = () => connectOriginal().catch(failToConnect);
  const acquire = maxWriters === undefined ? null : makeSemaphore(maxWriters, writerTimeoutMs);
  const noop = () => undefined;
  const query = async (...request: [QueryConfig]) => {
    const [statement] = request;
    const text = typeof statement === "string" ? statement : statement.text;
    const end = acquire && WRITES.test(text) && !BRIEF.test(text) ? await acquire() : noop;
    try {
      return await queryOn(await open(), request);
    } finally {
      end();
    }
  };
  const connect = async () => {
    const end = acquire ? await acquire() : noop;
    try {
      const client = await open();
      const { release } = client;
      client.release = (broken?: Error | boolean) => {
        client.release = release;
        client.release(broken);
        end();
      };
      return client;
    } catch (error) {
      end();
      throw error;
    }
  };
  return Object.assign(pool, { query, connect });
}

/** Statements that change or lock rows. Values are parameters, so their words are not in the text. */
const WRITES = /\b(insert|update|delete|lock)\b/i;
/** Counters, whose rows are locked for one statement only: these need no permission to write. */
const BRIEF = /\brate_limit\b/;

async function queryOn(client: PoolClient, request: [QueryConfig]): Promise<QueryResult> {
  // An error of the connection fails the statement as well.
  const ignore = () => undefined;
  client.on("error", ignore);
  let broken: Error | undefined;
  try {
    return await client.query(...request);
  } catch (error) {
    recordOutage(error);
    const isRefusal = error instanceof DatabaseError && error.severity === "ERROR";
    if (!isRefusal) broken = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.off("error", ignore);
    client.release(broken);
  }
}

/** Has a SQLSTATE as PostgreSQL's own errors do; Prisma passes it on. */
class ConnectionFailure extends Error {
  readonly severity = "FATAL";
  constructor(
    message: string,
    /** 55P03: too many writers, as for a lock that is not available. 08001: no connection. */
    readonly code: "55P03" | "08001",
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/** pg sets no SQLSTATE for the pool's timeout or a refused connection. */
function failToConnect(error: unknown): never {
  recordOutage(error);
  if (error instanceof DatabaseError) throw error;
  const message = error instanceof Error ? error.message : String(error);
  throw new ConnectionFailure(message || "no connection", "08001", error);
}

/**
 * A semaphore; waiting callers are served in order.
 * @returns a function that acquires a permit and resolves to its release function
 * @throws ConnectionFailure 55P03, from that function, after the timeout
 */
function makeSemaphore(permits: number, timeoutMs: number): () => Promise<() => void> {
  let running = 0;
  const waiting: (() => void)[] = [];
  const end = () => {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  };
  return async () => {
    if (running < permits) running += 1;
    else {
      await new Promise<void>((resolve, reject) => {
        const start = () => {
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(start), 1);
          reject(new ConnectionFailure("too many writes are waiting", "55P03"));
        }, timeoutMs);
        waiting.push(start);
      });
    }
    return end;
  };
}
