/** The application's only way to the database: Prisma, in the restricted role. */
import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "../env";
import { PrismaClient } from "./generated/client";
import { makePool } from "./pool";
import { sqlStateOf } from "./sql-state";

/** Inside a transaction. */
export type Tx = Omit<
  PrismaClient,
  "$connect" | "$disconnect" | "$on" | "$use" | "$extends" | "$transaction"
>;

const LOCK_TIMEOUT_MS = 4000;
const STATEMENT_TIMEOUT_MS = 15_000;
const TRANSACTION_TIMEOUT_MS = 20_000;
/** How long a request waits for a connection, or for its turn to write. */
const CONNECTION_TIMEOUT_MS = 5000;
/** Of all connections; those beyond the writers are left for reading. */
const CONNECTIONS = 10;
const WRITERS = 6;

/**
 * Prisma writes times in UTC without saying so, and reads them the same way; a server or a role
 * with another zone would shift them. What the transactions rely on is said here once for all.
 */
const SETTINGS =
  // Nobody waits for ever: neither for another's lock, nor for a statement that never ends.
  `-c lock_timeout=${LOCK_TIMEOUT_MS} -c statement_timeout=${STATEMENT_TIMEOUT_MS} ` +
  `-c idle_in_transaction_session_timeout=${TRANSACTION_TIMEOUT_MS} ` +
  "-c timezone=UTC -c default_transaction_isolation=read\\ committed " +
  // From when on pg_trgm's index takes a word for alike; the spelling decides afterwards.
  "-c pg_trgm.word_similarity_threshold=0.25";

/** Statements that each connection keeps planned; what comes later is planned each time. */
const MAX_NAMED = 500;
const names = new Map<string, string>();

/** A name for a statement that comes again, so that PostgreSQL parses and plans it once; "" for none. */
function nameOf({ sql }: { sql: string }): string {
  const known = names.get(sql);
  if (known || names.size >= MAX_NAMED) return known ?? "";
  const name = `evenhour_${names.size}`;
  names.set(sql, name);
  return name;
}

function connect(): PrismaClient {
  const { DATABASE_URL, APP_DATABASE_URL } = env();
  const pool = makePool({
    connectionString: APP_DATABASE_URL ?? DATABASE_URL,
    // The owner's address steps down to the restricted role with its first breath.
    options: APP_DATABASE_URL ? SETTINGS : `-c role=evenhour_app ${SETTINGS}`,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    writers: WRITERS,
    writerTimeoutMillis: CONNECTION_TIMEOUT_MS,
  });
  // An idle connection that breaks (the database restarts) is replaced by the next query.
  pool.on("error", (error) => console.error("[database]", error.message));
  return new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: true, statementNameGenerator: nameOf }),
  });
}

// Kept across reloads in development, where modules are loaded anew.
const cached: { evenhourDb?: PrismaClient } = globalThis as never;

const client = (): PrismaClient => {
  cached.evenhourDb ??= connect();
  return cached.evenhourDb;
};

/** The client; made when it is first used, so that a build needs no database. */
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

/** Deadlock, and the serialisation failures that a replica or Citus may raise. */
const TRANSIENT_ERRORS = new Set(["40P01", "40001"]);
const MAX_TRIES = 3;

/** Tries again what the database gave up without a fault of ours. */
export async function retrying<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === MAX_TRIES || !TRANSIENT_ERRORS.has(sqlStateOf(error)?.code ?? ""))
        throw error;
    }
  }
}

/** Runs a use case in one transaction; what it throws rolls everything back. */
export const transaction = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> =>
  // READ COMMITTED by the connection's settings: naming it here would cost a round trip each time.
  retrying(() =>
    db.$transaction(work, { maxWait: 2 * CONNECTION_TIMEOUT_MS, timeout: TRANSACTION_TIMEOUT_MS }),
  );
