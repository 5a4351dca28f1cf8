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
  /** How many connections may write at once; the rest is left for reading. All when left out. */
  writers?: number;
  /** Milliseconds that a write waits for its turn. */
  writerTimeoutMillis?: number;
};

/**
 * Connections that are kept when a statement is refused. The pool's own way closes them; but after
 * a refusal of the books a connection is as good as before, and a new one costs more than most
 * statements. Its `query` gives a promise and takes no callback.
 *
 * Transactions and statements that write take turns, so that reads find a connection however many
 * writes wait for the same row.
 */
export function makePool({ writers, writerTimeoutMillis = 5000, ...config }: Options): Pool {
  const pool = new Pool(config);
  // pg overloads it with a callback, which nobody here uses.
  const own = pool.connect.bind(pool) as () => Promise<PoolClient>;
  const open = () => own().catch(failToConnect);
  const turn = writers === undefined ? null : turnsOf(writers, writerTimeoutMillis);
  const query = async (...request: [QueryConfig]) => {
    const [sent] = request;
    const text = typeof sent === "string" ? sent : sent.text;
    const end = turn && WRITES.test(text) && !BRIEF.test(text) ? await turn() : () => undefined;
    try {
      return await queryOn(await open(), request);
    } finally {
      end();
    }
  };
  const connect = async () => {
    const end = turn ? await turn() : () => undefined;
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

/** What changes rows or locks them. A word in a value is no part of the text, which has parameters. */
const WRITES = /\b(insert|update|delete|lock)\b/i;
/** Counters that nobody holds for longer than their own statement: these never wait for a turn. */
const BRIEF = /\brate_limit\b/;

async function queryOn(client: PoolClient, request: [QueryConfig]): Promise<QueryResult> {
  // One that breaks fails its statement as well.
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

/** With a SQLSTATE, as PostgreSQL's own failures have one; Prisma passes it on. */
class ConnectionFailure extends Error {
  readonly severity = "FATAL";
  constructor(
    message: string,
    /** 55P03: its turn did not come, as with a lock. 08001: there is no connection to be had. */
    readonly code: "55P03" | "08001",
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

/** pg gives neither the pool's timeout nor a refused connection a SQLSTATE. */
function failToConnect(error: unknown): never {
  recordOutage(error);
  if (error instanceof DatabaseError) throw error;
  const message = error instanceof Error ? error.message : String(error);
  throw new ConnectionFailure(message || "no connection", "08001", error);
}

/**
 * Lets so many run at once; the others wait in the order in which they came.
 * @returns a function that waits for a turn and gives the one that ends it
 * @throws ConnectionFailure 55P03 when the turn does not come in time
 */
function turnsOf(most: number, timeoutMillis: number): () => Promise<() => void> {
  let running = 0;
  const waiting: (() => void)[] = [];
  const end = () => {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  };
  return async () => {
    if (running < most) running += 1;
    else {
      await new Promise<void>((start, give) => {
        const begin = () => {
          clearTimeout(timer);
          start();
        };
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(begin), 1);
          give(new ConnectionFailure("too many writes wait for their turn", "55P03"));
        }, timeoutMillis);
        waiting.push(begin);
      });
    }
    return end;
  };
}
