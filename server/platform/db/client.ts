/** The application's database client: Prisma, in the restricted role. */
import { setTimeout } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "../env";
import { log } from "../log";
import { PrismaClient } from "./generated/client";
import { makePool } from "./pool";
import { sqlStateOf } from "./sql-state";

/** The client within a transaction. */
export type Tx = Omit<
  PrismaClient,
  "$connect" | "$disconnect" | "$on" | "$use" | "$extends" | "$transaction"
>;

const LOCK_TIMEOUT_MS = 4000;
const STATEMENT_TIMEOUT_MS = 15_000;
const TRANSACTION_TIMEOUT_MS = 20_000;
/** How long a request waits for a connection, or for one of the connections that may write. */
const CONNECTION_TIMEOUT_MS = 5000;
const MAX_CONNECTIONS = 10;
/** The other connections are reserved for reads. */
const MAX_WRITERS = 6;

/**
 * Prisma writes and reads times in UTC without a zone, so another time zone of the server or the role would
 * shift them. Transactions rely on these settings.
 */
const SETTINGS =
  // No wait is unbounded: neither for a lock nor for a statement.
  `-c lock_timeout=${LOCK_TIMEOUT_MS} -c statement_timeout=${STATEMENT_TIMEOUT_MS} ` +
  `-c idle_in_transaction_session_timeout=${TRANSACTION_TIMEOUT_MS} ` +
  "-c timezone=UTC -c default_transaction_isolation=read\\ committed " +
  // The threshold of pg_trgm's index for similar words. The edit distance decides afterwards.
  "-c pg_trgm.word_similarity_threshold=0.25";

/** Prepared statements of each connection. Statements beyond it are planned each time. */
const MAX_PREPARED = 500;
const statementNames = new Map<string, string>();

/** The name of a prepared statement, which PostgreSQL parses and plans once; "" for an unprepared one. */
function statementName({ sql }: { sql: string }): string {
  const existing = statementNames.get(sql);
  if (existing || statementNames.size >= MAX_PREPARED) return existing ?? "";
  const name = `evenhour_${statementNames.size}`;
  statementNames.set(sql, name);
  return name;
}

/** How to connect in the restricted role. */
export function applicationConnection() {
  const { DATABASE_URL, APP_DATABASE_URL } = env();
  return {
    connectionString: APP_DATABASE_URL ?? DATABASE_URL,
    // Connected as the owner, switch to the restricted role immediately.
    options: APP_DATABASE_URL ? SETTINGS : `-c role=evenhour_app ${SETTINGS}`,
  };
}

function connect(): PrismaClient {
  const pool = makePool({
    ...applicationConnection(),
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    maxWriters: MAX_WRITERS,
    writerTimeoutMs: CONNECTION_TIMEOUT_MS,
  });
  // An idle connection that breaks (the database restarts) is replaced by the next query.
  pool.on("error", (error) => log.error("database", error.message));
  return new PrismaClient({
    adapter: new PrismaPg(pool, {
      disposeExternalPool: true,
      statementNameGenerator: statementName,
    }),
  });
}

// Stored globally, since development reloads modules.
const cached: { evenhourDb?: PrismaClient } = globalThis as never;

const client = (): PrismaClient => {
  cached.evenhourDb ??= connect();
  return cached.evenhourDb;
};

/** The client. Created at its first use, so that a build needs no database. */
export const db = new Proxy({} as PrismaClient, {
  get: (_, name) => {
    const value: unknown = Reflect.get(client(), name);
    return typeof value === "function" ? value.bind(client()) : value;
  },
});

/** Closes all connections. */
export async function disconnect(): Promise<void> {
  await cached.evenhourDb?.$disconnect();
  delete cached.evenhourDb;
}

/** Deadlocks, and the serialization failures that a replica or Citus may raise. */
const TRANSIENT_ERRORS = new Set(["40P01", "40001"]);
const MAX_TRIES = 3;
const MAX_PAUSE_MS = 50;

/**
 * Repeats work after a transient error of the database. The pause is random: transactions that stopped each other
 * could otherwise meet again.
 */
export async function withRetry<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === MAX_TRIES || !TRANSIENT_ERRORS.has(sqlStateOf(error)?.code ?? ""))
        throw error;
      await setTimeout(Math.random() * MAX_PAUSE_MS * attempt);
    }
  }
}

/** Runs a use case in one transaction, which is rolled back when it throws. */
export const transaction = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> =>
  // READ COMMITTED by SETTINGS: naming the isolation level here would cost a round trip each time.
  withRetry(() =>
    db.$transaction(work, { maxWait: 2 * CONNECTION_TIMEOUT_MS, timeout: TRANSACTION_TIMEOUT_MS }),
  );
