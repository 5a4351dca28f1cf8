/** The state of graphile-worker's queue, for monitoring. Reading it takes the owner's rights. */

/** The owner's connection. */
type Owner = { query: (text: string) => Promise<{ rows: unknown[] }> };

export type FailingTask = {
  task: string;
  jobs: number;
  /** The first line of the last error. It may name an e-mail address. */
  error: string;
};

export type Queue = {
  /** Tasks of which jobs have failed several times lately; graphile-worker retries them for days. */
  failing: FailingTask[];
  /** Since when the oldest job waits that could run; null when none has waited long. */
  lateSince: Date | null;
  /** Whether a worker of any process is connected. */
  hasWorker: boolean;
};

/** One or two failures are ordinary: a mail server restarts. */
const MIN_ATTEMPTS = 3;
/** A job that was given up must not be reported forever. */
const FAILING_DAYS = 7;
/** Jobs wait for seconds: a worker polls every two, and is notified of new ones. */
const LATE_MINUTES = 10;

const FAILING = `
  SELECT identifier AS task, count(*)::int AS jobs,
    (array_agg(split_part(last_error, E'\\n', 1) ORDER BY job.updated_at DESC))[1] AS error
  FROM graphile_worker._private_jobs AS job
    JOIN graphile_worker._private_tasks AS task ON task.id = job.task_id
  WHERE attempts >= ${MIN_ATTEMPTS} AND last_error IS NOT NULL
    AND job.updated_at > now() - interval '${FAILING_DAYS} days'
  GROUP BY identifier ORDER BY identifier`;

/** The owner sees the statements of its own connections only, and the worker connects as the owner. */
const WORKER = `
  SELECT min(run_at) FILTER (WHERE locked_at IS NULL AND attempts < max_attempts
      AND run_at < now() - interval '${LATE_MINUTES} minutes') AS "lateSince",
    EXISTS (SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND query LIKE 'LISTEN "jobs:insert"%') AS "hasWorker"
  FROM graphile_worker._private_jobs`;

export async function readQueue(owner: Owner): Promise<Queue> {
  const { rows: failing } = await owner.query(FAILING);
  const { rows } = await owner.query(WORKER);
  // The columns are those of the queries above.
  const [state] = rows as Omit<Queue, "failing">[];
  return {
    failing: failing as FailingTask[],
    lateSince: state?.lateSince ?? null,
    hasWorker: state?.hasWorker ?? false,
  };
}

export type QueueState = "ok" | "late" | "failing" | "unknown";

const INTERVAL_MS = 60_000;
/** After this time without an observation the state is unknown: the database was away. */
const STALE_MS = 3 * INTERVAL_MS;

/** Stored globally, since the pages run in a bundle of their own. */
const last: { evenhourQueue?: { state: QueueState; at: number } } = globalThis as never;

/** The state of the queue as this process last observed it. It costs nothing. */
export function queueState(): QueueState {
  const { evenhourQueue: seen } = last;
  return seen && performance.now() - seen.at < STALE_MS ? seen.state : "unknown";
}

/** Observes the queue now and every minute. @returns a function that stops it */
export async function watchQueue(owner: Owner): Promise<() => void> {
  const observe = async () => {
    const queue = await readQueue(owner).catch(() => null);
    if (queue) last.evenhourQueue = { state: stateOf(queue), at: performance.now() };
  };
  await observe();
  const timer = setInterval(() => void observe(), INTERVAL_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    delete last.evenhourQueue;
  };
}

function stateOf({ failing, lateSince }: Queue): QueueState {
  if (lateSince) return "late";
  return failing.length > 0 ? "failing" : "ok";
}
