/** The scheduled jobs, as the worker registers them with the queue. */
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { owner } from "../platform/db/testing/pools";
import { startWorker } from "./jobs";

let worker: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker?.stop());

it("schedules the nightly backup, the clean-ups and the warnings", async () => {
  await vi.waitFor(
    async () => {
      const { rows } = await owner().query<{ name: string }>(
        "SELECT identifier AS name FROM graphile_worker._private_known_crontabs ORDER BY 1",
      );
      expect(rows.map(({ name }) => name)).toEqual([
        "nightly-backup",
        "send-digests",
        "sweep-joins",
        "sweep-mails",
        "sweep-notifications",
        "sweep-pushes",
        "sweep-rates",
        "warn-of-upkeep",
      ]);
    },
    { timeout: 20_000, interval: 200 },
  );
});
