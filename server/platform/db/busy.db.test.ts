/** Waits for locks are bounded, and do not block other requests. */
import { Client, type PoolClient } from "pg";
import { describe, expect, it, vi } from "vitest";
import { toTRPCError } from "../../api/errors";
import { handleTRPC } from "../../api/http/trpc-http";
import { makeCommunity, procedures } from "../../testing/people";
import { readHealth } from "../health";
import { db, disconnect, transaction } from "./client";
import { state } from "./testing/books";
import { owner } from "./testing/pools";
import { waitingForLocks } from "./testing/waiting";

const rules = {
  name: "Test",
  about: "",
  language: "en" as const,
  timeZone: "Europe/Madrid",
  joining: "invitation" as const,
  granularity: 15 as const,
  newcomerFloor: -60,
  softFloor: -300,
  softCeiling: 1200,
  welcomeCredit: 0,
  confirmationDays: 7,
  balancesVisible: false,
};

/** Keeps a row locked while `meanwhile` runs. */
async function whileLocked(
  statement: string,
  values: unknown[],
  meanwhile: (client: PoolClient) => Promise<void>,
): Promise<void> {
  const client = await owner().connect();
  try {
    await client.query("BEGIN");
    await client.query(statement, values);
    await meanwhile(client);
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

describe("while a member's account is locked", () => {
  it("answers reads and reports a healthy database, however many writers wait", async () => {
    const { slug, id, members } = await makeCommunity(["rosa", "karim", "mina"] as const);
    const date = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const rosa = procedures(members.rosa.userId);
    const record = (index: number) =>
      rosa.exchange.record({
        community: slug,
        id: `00000000-0000-7000-8000-${String(index).padStart(12, "0")}`,
        otherId: members.karim.id,
        mySide: "receiver",
        title: `Help ${index}`,
        note: "",
        category: "other",
        date,
        minutes: 15,
      });
    await whileLocked(
      "SELECT FROM account WHERE community_id = $1 AND id = $2 FOR UPDATE",
      [id, members.karim.id],
      async () => {
        const writers = Array.from({ length: 14 }, (_, index) =>
          record(index).catch((error: unknown) => error),
        );
        await expect.poll(waitingForLocks, { timeout: 20_000 }).toBeGreaterThan(0);
        const mina = procedures(members.mina.userId);
        for (let time = 0; time < 3; time += 1) {
          await Promise.all([
            mina.home.get({ community: slug }),
            mina.account.mine({ community: slug }),
            mina.member.list({ community: slug }),
          ]);
        }
        // On a busy machine the first look may take longer than health waits.
        await expect
          .poll(async () => (await readHealth()).database, { timeout: 20_000 })
          .toBe("up");
        const answers = await Promise.all(writers);
        for (const answer of answers) {
          expect(answer).toMatchObject({ code: "SERVICE_UNAVAILABLE", message: "busy" });
        }
      },
    );
    expect(await state(record(99))).toBe("accepted");
  });
});

describe("what the database cannot do in time", () => {
  const outage = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error: unknown) => (toTRPCError(error) as Error).message,
    );

  it("is busy: a lock, a statement, a transaction that takes too long", async () => {
    const setting = (name: string) =>
      db.$queryRawUnsafe<{ ms: number }[]>(
        `SELECT setting::integer AS ms FROM pg_settings WHERE name = '${name}'`,
      );
    for (const name of [
      "lock_timeout",
      "statement_timeout",
      "idle_in_transaction_session_timeout",
    ]) {
      const [row] = await setting(name);
      expect(row?.ms).toBeGreaterThan(0);
      expect(row?.ms).toBeLessThanOrEqual(20_000);
    }
    const slow = db.$transaction([
      db.$executeRaw`SET LOCAL statement_timeout = 20`,
      db.$queryRaw`SELECT pg_sleep(60)::text`,
    ]);
    expect(await outage(slow)).toBe("busy");
  });

  it("is unavailable: a connection that is ended, an address where nobody answers", async () => {
    const ended = transaction(async (tx) => {
      const [row] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      await owner().query("SELECT pg_terminate_backend($1)", [row?.pid]);
      await tx.$queryRaw`SELECT 1 AS one`;
    });
    expect(await outage(ended)).toBe("unavailable");
    await disconnect();
    const address = process.env.DATABASE_URL;
    const { PrismaPg } = await import("@prisma/adapter-pg");
    const { PrismaClient } = await import("./generated/client");
    const { makePool } = await import("./pool");
    const nowhere = makePool({ connectionString: "postgresql://a:b@127.0.0.1:1/c" });
    const client = new PrismaClient({ adapter: new PrismaPg(nowhere) });
    expect(await outage(client.$queryRaw`SELECT 1 AS one`)).toBe("unavailable");
    expect(await outage(client.$transaction(async (tx) => tx.community.count()))).toBe(
      "unavailable",
    );
    expect(process.env.DATABASE_URL).toBe(address);
    await client.$disconnect();
  });

  it("is answered with 503, when to come back, and a message", async () => {
    const request = new Request("http://localhost/api/trpc/person.me");
    const answer = await handleTRPC(request, () =>
      Promise.reject(Object.assign(new Error("canceled"), { code: "55P03" })),
    );
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await answer.text()).toContain("There is a lot going on");
    expect(toTRPCError(new Error("no failure of the database"))).toBeInstanceOf(Error);
  });
});

describe("changing a community's rules", () => {
  it("is one change of one row behind no account's lock, however many members there are", async () => {
    const statements: number[] = [];
    for (const size of [3, 40]) {
      const names = Array.from({ length: size }, (_, index) => `Member ${index}`);
      const { id, slug, coordinator, members } = await makeCommunity(names);
      const [first] = Object.values(members);
      const rows = async () =>
        (
          await owner().query(
            "SELECT xmin::text, ctid::text FROM account WHERE community_id = $1 ORDER BY id",
            [id],
          )
        ).rows;
      const before = await rows();
      const carla = procedures(coordinator.userId);
      await whileLocked(
        "SELECT FROM account WHERE community_id = $1 FOR UPDATE",
        [id],
        async () => {
          const sent = vi.spyOn(Client.prototype, "query");
          await carla.community.update({ community: slug, ...rules, floor: -900 });
          statements.push(sent.mock.calls.length);
          sent.mockRestore();
        },
      );
      expect(await rows()).toEqual(before);
      // It counts at once, for who is vouched for.
      const mine = await procedures(first?.userId ?? "").account.mine({ community: slug });
      expect(mine).toMatchObject({ floor: -900 });
    }
    expect(statements[0]).toBeGreaterThan(0);
    expect(statements[1]).toBe(statements[0]);
  });
});
