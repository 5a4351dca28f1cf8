/** The jobs that run by the calendar, as the worker makes them known to the queue. */
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { owner } from "../platform/db/testing/pools";
import { startWorker } from "./jobs";

let worker: Awaited<ReturnType<typeof startWorker>>;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker?.stop());

it("takes a backup every night, and sweeps and warns", async () => {
  await vi.waitFor(
    async () => {
      const { rows } = await owner().query<{ name: string }>(
        "SELECT identifier AS name FROM graphile_worker._private_known_crontabs ORDER BY 1",
      );
      expect(rows.map(({ name }) => name)).toEqual([
        "nightly-backup",
        "sweep-joins",
        "sweep-mails",
        "sweep-rates",
        "warn-of-upkeep",
      ]);
    },
    { timeout: 20_000, interval: 200 },
  );
});
