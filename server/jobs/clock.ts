/**
 * Undoes what a clock that was ahead of time has written. A small board without a battery may start
 * with any date and be set right minutes later.
 */
import { Pool } from "pg";
import { env } from "../env";
import { boundExpiries } from "../services/bound-expiries";
import { CLOCK_SKEW } from "../services/session";

const EVERY = 10 * 60_000;

/** As the owner: the queue is in a schema that the application's role cannot reach. */
type Owner = { query: (text: string, values?: unknown[]) => Promise<unknown> };

/** Brings back to now whatever would otherwise last longer, or wait longer, than it may. */
export async function boundClock(owner: Owner, now: Date): Promise<void> {
  const soon = new Date(now.getTime() + CLOCK_SKEW);
  await boundExpiries(now);
  // Mails are sent at once; after a failure graphile-worker waits six hours at most (exp(10) s).
  await owner.query(
    `UPDATE graphile_worker._private_jobs AS job SET run_at = $1
     FROM graphile_worker._private_tasks AS task
     WHERE task.id = job.task_id AND identifier = 'send-mail' AND locked_at IS NULL
       AND run_at > $1::timestamptz + CASE attempts WHEN 0 THEN interval '1 minute'
         ELSE interval '7 hours' END`,
    [now],
  );
  await owner.query(
    `UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL
     WHERE locked_at > $1`,
    [soon],
  );
  // Otherwise what runs by the calendar, the nightly backup above all, would wait until then.
  await owner.query(
    `UPDATE graphile_worker._private_known_crontabs SET last_execution = NULL
     WHERE last_execution > $1`,
    [soon],
  );
}

/** Does so now and every ten minutes. @returns what ends it */
export async function keepBoundingClock(): Promise<() => Promise<void>> {
  const pool = new Pool({ connectionString: env().DATABASE_URL, max: 1 });
  pool.on("error", (error) => console.error("[clock]", error.message));
  const bound = () =>
    boundClock(pool, new Date()).catch((error: unknown) => console.error("[clock]", error));
  await bound();
  const timer = setInterval(bound, EVERY);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await pool.end();
  };
}
