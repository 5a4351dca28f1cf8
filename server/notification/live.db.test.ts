/** Live news: what the database announces, and what the streams of several instances send. */
import { v7 } from "uuid";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { localOf } from "../../domain/kernel/calendar";
import { countIn } from "../../domain/notification/live";
import { STEP_LIMIT_MS } from "../../scripts/lib/test-limits";
import { endSession } from "../identity/session";
import { db } from "../platform/db/client";
import { owner } from "../platform/db/testing/pools";
import { makeCommunity, openSession, procedures } from "../testing/people";
import { openLive } from "./live";

const PATIENTLY = { timeout: STEP_LIMIT_MS };
type Name = "rosa" | "karim";
type Live = ReturnType<typeof openLive>;

let fixture: Awaited<ReturnType<typeof makeCommunity<Name>>>;
const instances: Live[] = [];
beforeEach(async () => {
  fixture = await makeCommunity(["rosa", "karim"] as const);
});
afterEach(async () => {
  for (const live of instances.splice(0)) await live.close();
});

function start(settings?: Parameters<typeof openLive>[0]): Live {
  const live = openLive(settings);
  instances.push(live);
  return live;
}

const community = () => ({ community: fixture.slug });

let days = 3;
/** Karim proposes to receive help from Rosa. */
async function propose(): Promise<string> {
  days += 1;
  const { id } = await procedures(fixture.members.karim.userId).exchange.propose({
    ...community(),
    id: v7(),
    otherId: fixture.members.rosa.id,
    mySide: "receiver",
    title: "Fix the bicycle",
    category: "repair",
    ...localOf(new Date(Date.now() + days * 86_400_000), "Europe/Madrid"),
    minutes: 60,
    place: "giver",
    placeNote: "",
    note: "",
  });
  return id;
}

/** A stream that records what it sends. */
async function open(live: Live, name: Name, sessionId?: string) {
  const { id: memberId, userId } = fixture.members[name];
  const states: string[] = [];
  let ended = false;
  const remove = await live.add({
    userId,
    sessionId: sessionId ?? (await openSession(userId, "Test", new Date())),
    communityId: fixture.id,
    memberId,
    send: (state) => states.push(state),
    beat: () => undefined,
    end: () => {
      ended = true;
      remove();
    },
  });
  return { states, remove, hasEnded: () => ended };
}

/** Waits for the last state that a stream has sent. */
const untilCount = (stream: Awaited<ReturnType<typeof open>>, count: number) =>
  vi.waitFor(() => expect(countIn(stream.states.at(-1) ?? "")).toBe(count), PATIENTLY);

describe("an open page", () => {
  it("learns on every instance that a notification was added, withdrawn or seen", async () => {
    const [one, other] = [start(), start()];
    const streams = [await open(one, "rosa"), await open(other, "rosa")];
    const karims = await open(other, "karim");
    expect(streams.map(({ states }) => states)).toEqual([["0-0"], ["0-0"]]);
    const first = await propose();
    for (const stream of streams) await untilCount(stream, 1);
    const karim = procedures(fixture.members.karim.userId);
    await karim.exchange.withdraw({ ...community(), id: first, version: 1 });
    // The withdrawal of the proposal is news as well.
    for (const stream of streams) {
      await vi.waitFor(() => expect(new Set(stream.states).size).toBe(3), PATIENTLY);
    }
    await procedures(fixture.members.rosa.userId).notification.markSeen(community());
    for (const stream of streams) await untilCount(stream, 0);
    expect(karims.states).toEqual(["0-0"]);
  });

  it("learns on connecting what happened before", async () => {
    await propose();
    const rosas = await open(start(), "rosa");
    expect(rosas.states.map(countIn)).toEqual([1]);
  });

  it("learns after an outage what was announced during it", async () => {
    const live = start();
    const rosas = await open(live, "rosa");
    await propose();
    await untilCount(rosas, 1);
    const end = () =>
      owner().query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE application_name = 'evenhour live' AND datname = current_database()`,
      );
    expect((await end()).rowCount).toBe(1);
    await propose();
    await untilCount(rosas, 2);
    await propose();
    await untilCount(rosas, 3);
  });

  it("learns at the next check what no announcement said", async () => {
    const rosas = await open(start({ times: { check: 200 } }), "rosa");
    await owner().query("ALTER TABLE notification DISABLE TRIGGER announce_added");
    try {
      await propose();
      await untilCount(rosas, 1);
    } finally {
      await owner().query("ALTER TABLE notification ENABLE TRIGGER announce_added");
    }
  });
});

describe("a stream ends", () => {
  it("with its session, and with the membership", async () => {
    const live = start({ times: { check: 100 } });
    const { rosa, karim } = fixture.members;
    const sessionId = await openSession(rosa.userId, "Test", new Date());
    const signedOut = await open(live, "rosa", sessionId);
    const signedIn = await open(live, "rosa");
    const suspended = await open(live, "karim");
    await endSession(rosa.userId, sessionId, new Date());
    await db.member.update({
      where: { communityId_id: { communityId: fixture.id, id: karim.id } },
      data: { status: "suspended" },
    });
    await vi.waitFor(() => {
      expect([signedOut.hasEnded(), suspended.hasEnded()]).toEqual([true, true]);
    }, PATIENTLY);
    expect(signedIn.hasEnded()).toBe(false);
    expect(live.count()).toBe(1);
  });

  it("when the instance stops, which then accepts none", async () => {
    const live = start();
    const rosas = await open(live, "rosa");
    await live.close();
    expect(rosas.hasEnded()).toBe(true);
    await expect(open(live, "rosa")).rejects.toMatchObject({ code: "tooManyReads" });
  });
});

describe("the number of streams", () => {
  it("is limited to six for each user", async () => {
    const live = start();
    const some = [];
    for (let count = 0; count < 6; count += 1) some.push(await open(live, "rosa"));
    await expect(open(live, "rosa")).rejects.toMatchObject({ code: "tooManyReads" });
    await open(live, "karim");
    some[0]?.remove();
    await open(live, "rosa");
  });

  it("is limited for each process", async () => {
    const live = start({ maxStreams: 1 });
    const rosas = await open(live, "rosa");
    await expect(open(live, "karim")).rejects.toMatchObject({ code: "tooManyReads" });
    rosas.remove();
    await open(live, "karim");
  });
});

describe("an announcement", () => {
  it("has the ids of a community and a member once, and follows no other change", async () => {
    const listener = await owner().connect();
    try {
      await listener.query("LISTEN notification");
      const payloads: (string | undefined)[] = [];
      listener.on("notification", ({ channel, payload }) => {
        if (channel === "notification") payloads.push(payload);
      });
      await propose();
      const where = { communityId: fixture.id };
      await db.notification.updateMany({ where, data: { mailedAt: new Date() } });
      await db.notification.updateMany({ where, data: { seenAt: new Date() } });
      await listener.query("SELECT pg_notify('notification', 'the last')");
      const expected = `${fixture.id} ${fixture.members.rosa.id}`;
      await vi.waitFor(() => expect(payloads.at(-1)).toBe("the last"), PATIENTLY);
      expect(payloads).toEqual([expected, expected, "the last"]);
    } finally {
      await listener.query("UNLISTEN *");
      listener.removeAllListeners("notification");
      listener.release();
    }
  });
});
