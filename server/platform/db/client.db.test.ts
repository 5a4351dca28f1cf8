import { describe, expect, it } from "vitest";
import { enqueueJob } from "../jobs/job";
import { db, disconnect, transaction, withRetry } from "./client";
import { owner, ownerUrl } from "./testing/pools";

describe("a connection of the application", () => {
  it("uses UTC and read committed, whatever the server's defaults are", async () => {
    const database = new URL(ownerUrl()).pathname.slice(1);
    await owner().query(`ALTER DATABASE ${database} SET timezone = 'America/New_York'`);
    await owner().query(
      `ALTER DATABASE ${database} SET default_transaction_isolation = 'repeatable read'`,
    );
    await disconnect();
    const runAt = new Date("2030-07-01T12:00:00Z");
    const isolation = await transaction(async (tx) => {
      const payload = { mailId: "1" };
      await enqueueJob(tx, { task: "send-mail", payload, runAt, key: "summer" });
      return tx.$queryRaw`SELECT current_setting('transaction_isolation') AS level`;
    });
    expect(isolation).toEqual([{ level: "read committed" }]);
    const { rows } = await owner().query(
      "SELECT run_at AS at FROM graphile_worker.jobs WHERE key = 'summer'",
    );
    expect(rows).toEqual([{ at: runAt }]);
    const [read] = await db.$queryRaw<{ at: Date }[]>`
      SELECT '2030-07-01T12:00:00Z'::timestamptz AS at`;
    expect(read?.at).toEqual(runAt);
  });

  it("is reused when a statement is refused, and replaced when it breaks", async () => {
    await disconnect();
    const backendPid = async () => {
      const [row] = await db.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      return row?.pid ?? 0;
    };
    const first = await backendPid();
    await expect(db.$queryRaw`SELECT 1 / 0`).rejects.toThrow("division by zero");
    expect(await backendPid()).toBe(first);
    const sleeping = Promise.allSettled([db.$queryRaw`SELECT pg_sleep(60)::text`]);
    const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE pid = $1 AND state = 'active' AND query LIKE '%pg_sleep%'`;
    await expect.poll(async () => (await owner().query(end, [first])).rowCount).toBe(1);
    expect((await sleeping)[0].status).toBe("rejected");
    expect(await backendPid()).not.toBe(first);
  });
});

describe("a deadlock", () => {
  const deadlock = () =>
    db.$executeRaw`DO $$ BEGIN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END $$`;

  it("is tried again, and reported when it goes on", async () => {
    let tries = 0;
    const twice = withRetry(async () => {
      tries += 1;
      if (tries < 3) await deadlock();
      return "done";
    });
    expect(await twice).toBe("done");
    expect(tries).toBe(3);
    tries = 0;
    const always = withRetry(() => {
      tries += 1;
      return deadlock();
    });
    await expect(always).rejects.toThrow("40P01");
    expect(tries).toBe(3);
  });

  it("is not taken for another error, which is reported at once", async () => {
    let tries = 0;
    const other = withRetry(() => {
      tries += 1;
      return db.$executeRaw`SELECT 1 / 0`;
    });
    await expect(other).rejects.toThrow();
    expect(tries).toBe(1);
  });
});
