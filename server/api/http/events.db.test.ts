/** The stream of live news over real sockets. */
import { v7 } from "uuid";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { STEP_LIMIT_MS } from "../../../scripts/lib/test-limits";
import { openLive } from "../../notification/live";
import { db } from "../../platform/db/client";
import { env } from "../../platform/env";
import { makeCommunity, openSession } from "../../testing/people";
import type { Actor } from "../trpc";
import { answerEvents } from "./events";
import { listen } from "./server";

let fixture: Awaited<ReturnType<typeof makeCommunity<"rosa">>>;
let live: ReturnType<typeof openLive>;
let front: Awaited<ReturnType<typeof listen>>;
let actor: Actor | null;

beforeEach(async () => {
  fixture = await makeCommunity(["rosa"] as const);
  const { userId } = fixture.members.rosa;
  const sessionId = await openSession(userId, "Test", new Date());
  actor = { userId, sessionId, name: "Rosa", email: "rosa@example.org", language: null };
  live = openLive();
  front = await listen({ hostname: "127.0.0.1", port: 0, trustedProxies: 0, readsPerMinute: 0 });
  front.answer(
    (request, response) => answerEvents(live, request, response, async () => actor),
    env().PUBLIC_URL,
  );
});
afterEach(async () => {
  await live.close();
  await front.close();
});

const ask = (community = fixture.slug, method = "GET") =>
  fetch(`http://127.0.0.1:${front.port}/api/events?community=${community}`, { method });

/** Reads a stream as text. */
async function open() {
  const response = await ask();
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const ended = (async () => {
    for (;;) {
      const part = await reader?.read();
      if (!part || part.done) return;
      text += part.value;
    }
  })();
  return { response, ended, text: () => text, cancel: () => reader?.cancel() };
}

describe("the stream", () => {
  it("starts with the present state, and is neither stored, compressed nor buffered", async () => {
    const { response, text } = await open();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    });
    expect(response.headers.get("content-encoding")).toBeNull();
    await vi.waitFor(() => expect(text()).toContain("event: state\ndata: 0-0\n\n"), {
      timeout: STEP_LIMIT_MS,
    });
  });

  it("does not hold up the shutdown", async () => {
    const { ended } = await open();
    await live.close();
    await front.close();
    await ended;
  });

  it("is forgotten when the client leaves", async () => {
    const { cancel } = await open();
    expect(live.count()).toBe(1);
    await cancel();
    await vi.waitFor(() => expect(live.count()).toBe(0), { timeout: STEP_LIMIT_MS });
  });
});

describe("the address", () => {
  it("refuses who is not signed in, and who is no member", async () => {
    const status = async (community?: string) => (await ask(community)).status;
    expect(await status("no-such-community")).toBe(404);
    expect(await status(encodeURIComponent("' OR 1=1"))).toBe(404);
    expect(await status("")).toBe(404);
    await db.member.updateMany({
      where: { id: fixture.members.rosa.id },
      data: { status: "suspended" },
    });
    expect(await status()).toBe(404);
    actor = { ...actor, userId: v7() } as Actor;
    expect(await status()).toBe(404);
    actor = null;
    expect(await status()).toBe(401);
    expect(live.count()).toBe(0);
  });

  it("answers GET only", async () => {
    expect((await ask(fixture.slug, "POST")).status).toBe(405);
    expect((await ask(fixture.slug, "HEAD")).status).toBe(405);
  });

  it("refuses a seventh stream of one user, and says when to try again", async () => {
    for (let count = 0; count < 6; count += 1) await open();
    const { status, headers } = await ask();
    expect([status, headers.get("retry-after")]).toEqual([429, "60"]);
  });
});
