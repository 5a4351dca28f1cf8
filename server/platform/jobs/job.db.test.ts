import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { transaction } from "../db/client";
import { owner } from "../db/testing/pools";
import { cancelJob, enqueueJob } from "./job";

const job = {
  task: "send-mail",
  payload: { mailId: "1" },
  runAt: new Date("2030-01-01"),
} as const;
const keys = async () =>
  (await owner().query("SELECT key FROM graphile_worker.jobs ORDER BY key")).rows.map(
    ({ key }) => key,
  );

describe("cancelJob", () => {
  it("cancels only the job with that key, and no running job", async () => {
    for (const key of ["one", "other", "running"]) {
      await transaction((tx) => enqueueJob(tx, { ...job, key }));
    }
    await owner().query(
      "UPDATE graphile_worker._private_jobs SET locked_at = now() WHERE key = 'running'",
    );
    for (const key of ["one", "running", "unknown"]) await transaction((tx) => cancelJob(tx, key));
    expect(await keys()).toEqual(["other", "running"]);
  });

  it("sends no notification, since transactions that notify commit one after another", async () => {
    await transaction((tx) => enqueueJob(tx, { ...job, key: "quiet" }));
    const listener = await owner().connect();
    try {
      await listener.query('LISTEN "jobs:insert"');
      const notification = once(listener, "notification");
      await transaction((tx) => cancelJob(tx, "quiet"));
      await owner().query("SELECT pg_notify('jobs:insert', 'the next')");
      expect((await notification)[0]).toMatchObject({ payload: "the next" });
    } finally {
      await listener.query("UNLISTEN *");
      listener.release();
    }
  });
});
