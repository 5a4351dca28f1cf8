import { describe, expect, it } from "vitest";
import { checkBooks } from "../../server/ledger/statement";
import { db } from "../../server/platform/db/client";
import { owner } from "../../server/platform/db/testing/pools";
import { fillDemo } from "./fill";

describe("fillDemo", () => {
  it("fills an empty installation with consistent books, and does nothing the second time", async () => {
    const said: string[] = [];
    const signIns = await fillDemo((line) => said.push(line));
    expect(signIns).toHaveLength(3);
    expect(said).toHaveLength(2);

    expect(await db.member.count()).toBe(41);
    expect(await db.listing.count()).toBeGreaterThanOrEqual(120);
    const groups = await db.exchange.groupBy({ by: ["status"], _count: true });
    const counts = Object.fromEntries(groups.map(({ status, _count }) => [status, _count]));
    expect(counts).toMatchObject({
      proposed: 8,
      agreed: 8,
      reported: 5,
      disputed: 2,
      settled: 300,
    });
    expect(await checkBooks()).toEqual([]);
    expect(await db.member.count({ where: { photoId: { not: null } } })).toBeGreaterThan(15);
    expect(await db.listing.count({ where: { photoId: { not: null } } })).toBeGreaterThan(30);
    const { _max: most } = await db.photo.aggregate({ _max: { width: true } });
    expect(most.width).toBe(800);

    const { _min, _max } = await db.account.aggregate({
      where: { kind: "member" },
      _min: { balance: true },
      _max: { balance: true },
    });
    expect(_min.balance).toBeGreaterThanOrEqual(-540);
    expect(_min.balance).toBeLessThan(0);
    expect(_max.balance).toBeLessThanOrEqual(1500);

    const jobs = await owner().query(
      // Jobs that deliver notifications or remind of help find nothing to do.
      "SELECT 1 FROM graphile_worker.jobs WHERE run_at < now() AND task_identifier NOT IN ('deliver-notifications', 'remind-of-visit')",
    );
    expect(jobs.rowCount).toBe(0);

    expect(await fillDemo((line) => said.push(line))).toEqual(signIns);
    expect(said).toHaveLength(2);
  }, 120_000);
});
