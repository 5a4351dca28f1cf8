import { describe, expect, it } from "vitest";
import { db, disconnect, transaction } from "./client";
import { owner, ownerUrl } from "./testing";
import { enqueueJob } from "./write/job";

describe("a connection of the application", () => {
  it("means the same moment as PostgreSQL, whatever zone and isolation the server has", async () => {
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
});
