import { afterEach, describe, expect, it } from "vitest";
import { owner } from "../db/testing/pools";
import { queueState, readQueue, watchQueue } from "./queue";

afterEach(() => owner().query("DELETE FROM graphile_worker._private_jobs"));

const enqueue = (key: string) =>
  owner().query("SELECT enqueue_job('send-mail', '{}'::jsonb, now(), $1)", [key]);
const change = (key: string, set: string) =>
  owner().query(`UPDATE graphile_worker._private_jobs SET ${set} WHERE key = $1`, [key]);

/** The state that is observed at the start of a watch. */
async function observed() {
  const stop = await watchQueue(owner());
  const state = queueState();
  stop();
  return state;
}

describe("the state of the queue", () => {
  it("is ok with jobs that wait for seconds, wait for their time, run, or failed once or twice", async () => {
    for (const key of ["new", "later", "running", "retried"]) await enqueue(key);
    await change("later", "run_at = now() + interval '3 days'");
    await change("running", "run_at = now() - interval '1 hour', locked_at = now()");
    await change("retried", "attempts = 2, last_error = 'refused'");
    expect(await readQueue(owner())).toEqual({ failing: [], lateSince: null, hasWorker: false });
    expect(await observed()).toBe("ok");
  });

  it("is failing with jobs that failed three times, until a week later", async () => {
    for (const key of ["one", "other"]) {
      await enqueue(key);
      await change(key, "attempts = 3, last_error = E'connection refused\\nat x', run_at = now()");
    }
    expect((await readQueue(owner())).failing).toEqual([
      { task: "send-mail", jobs: 2, error: "connection refused" },
    ]);
    expect(await observed()).toBe("failing");
    await owner().query(
      `UPDATE graphile_worker._private_jobs SET attempts = max_attempts,
         updated_at = now() - interval '8 days'`,
    );
    expect(await observed()).toBe("ok");
  });

  it("is late when a job could run and no worker runs it", async () => {
    await enqueue("one");
    await change("one", "run_at = now() - interval '11 minutes'");
    const { lateSince } = await readQueue(owner());
    expect(Date.now() - (lateSince?.getTime() ?? 0)).toBeGreaterThan(600_000);
    expect(await observed()).toBe("late");
  });

  it("is unknown when nothing was observed", () => expect(queueState()).toBe("unknown"));
});
