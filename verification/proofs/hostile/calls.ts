/** Sends inputs to every procedure through the HTTP handler and checks every answer. */
import { v7 } from "uuid";
import { handleTRPC } from "../../../server/api/http/trpc-http";
import type { Context } from "../../../server/api/trpc";
import { db } from "../../../server/platform/db/client";
import { owner } from "../../../server/platform/db/testing/pools";
import { env } from "../../../server/platform/env";
import { makeCommunity, makeUser, openSession } from "../../../server/testing/people";
import { clearRateLimits } from "../../kit/database";
import { requireConsistentBooks } from "../consistent-books";
import { INSIDE } from "../inside";
import { definitionOf, paths } from "../procedures";
import { check } from "../proof";
import { hostileBody, type Known, validInput } from "./inputs";

export type Answer = {
  ok: boolean;
  /** The error code. */
  reason: string;
  actorId: string | null;
  text: string;
};

export type Hostile = Awaited<ReturnType<typeof openHostile>>;
export type Tally = Record<"ok" | "refused" | "calls", number>;

/** Communities, members and objects for the inputs to refer to. */
async function makeScene() {
  const here = await makeCommunity(["ana", "ben", "eva", "leo"] as const);
  const there = await makeCommunity(["tom"] as const);
  const stranger = await makeUser("Stranger");
  const members = Object.values(here.members);
  const people = [here.coordinator, ...members].map(({ userId }) => userId);
  return {
    here,
    slugs: [here.slug, there.slug, "nowhere"],
    members: [...members, here.coordinator, there.members.tom].map(({ id }) => id),
    // Members come twice, so that they make most calls.
    actors: [...people, ...people, stranger, there.coordinator.userId, null],
    emails: people.map((userId) => `${userId}@example.org`),
  };
}

type Scene = Awaited<ReturnType<typeof makeScene>>;

async function knownOf(scene: Scene): Promise<Known> {
  const newest = { orderBy: { createdAt: "desc" as const }, take: 40 };
  const side = { select: { member: { select: { userId: true } } } };
  const found = await db.exchange.findMany({
    ...newest,
    select: { id: true, version: true, giver: side, receiver: side },
  });
  const exchanges = found.map(({ id, version, giver, receiver }) => ({
    id,
    version,
    sides: [giver, receiver].map(({ member }) => member?.userId ?? ""),
  }));
  const listings = await db.listing.findMany({ ...newest, select: { id: true } });
  return { ...scene, exchanges, listings: listings.map(({ id }) => id) };
}

async function stateOfBooks(): Promise<string> {
  const { rows } = await owner().query<{ state: string }>(
    `SELECT md5(
       (SELECT coalesce(string_agg(a::text, '' ORDER BY community_id, id), '') FROM account a)
       || (SELECT coalesce(string_agg(h::text, '' ORDER BY community_id, exchange_id), '') FROM hold h)
       || (SELECT count(*) FROM transfer)) AS state`,
  );
  return rows[0]?.state ?? "";
}

export async function openHostile(random: () => number) {
  const scene = await makeScene();
  let known = await knownOf(scene);

  const pick = <T>(some: T[]) => some[Math.floor(random() * some.length)];
  /** Mostly one of the exchange's two sides, so that calls get past the permission check. */
  function actorFor(asked: unknown): string | null {
    const { id, exchangeId } = (asked ?? {}) as { id?: unknown; exchangeId?: unknown };
    const sides = known.exchanges.find((one) => [id, exchangeId].includes(one.id))?.sides;
    return (sides && random() < 0.7 ? pick(sides) : pick(scene.actors)) ?? null;
  }

  /** @throws Violated when the answer is a server error or reveals internals */
  async function send(
    path: string,
    body: string,
    asked: unknown,
    actorId = actorFor(asked),
  ): Promise<Answer> {
    const context = async (): Promise<Context> => ({
      actor: actorId
        ? {
            userId: actorId,
            sessionId: /^(person|push)\./.test(path)
              ? await openSession(actorId, "", new Date())
              : v7(),
            name: "Test",
            email: `${actorId}@example.org`,
            language: null,
          }
        : null,
      locale: "en",
      // A new address each time: this proof does not exercise the limits by address.
      address: v7(),
      now: new Date(),
    });
    const url = `${env().PUBLIC_URL}/api/trpc/${path}`;
    const isQuery = definitionOf(path).type === "query";
    const request = isQuery
      ? new Request(`${url}?${new URLSearchParams({ input: body })}`)
      : new Request(url, {
          method: "POST",
          headers: { "content-type": "application/json", origin: env().PUBLIC_URL },
          body,
        });
    const answer = await handleTRPC(request, context);
    const text = await answer.text();
    const seen = `${path} with ${body.slice(0, 300)}`;
    check(answer.status < 500, `${seen} answers ${answer.status}: ${text.slice(0, 200)}`);
    const said = { actorId, text };
    if (answer.ok) return { ok: true, reason: "", ...said };
    check(!INSIDE.test(text.replaceAll(path, "")), `${seen} reveals ${text.slice(0, 300)}`);
    const { error } = JSON.parse(text) as {
      error?: { json?: { message?: string; data?: { reason?: string } } };
    };
    check(error?.json?.message, `${seen} is refused without a message: ${text.slice(0, 200)}`);
    return { ok: false, reason: error.json.data?.reason ?? "", ...said };
  }

  return {
    paths,
    /** A valid input about the objects that exist now. */
    async inputFor(path: string): Promise<Record<string, unknown>> {
      known = await knownOf(scene);
      return validInput(path, known, random) as Record<string, unknown>;
    },
    /** Calls as a user who is likely to be permitted, unless `actorId` names another. */
    send: (path: string, asked: object, actorId?: string | null) =>
      send(path, bodyOf(asked), asked, actorId),
    /** Sends `count` inputs of one kind to one procedure. */
    async attack(path: string, kind: "valid" | "hostile", count: number): Promise<Tally> {
      known = await knownOf(scene);
      const before = await stateOfBooks();
      const tally = { ok: 0, refused: 0, calls: count };
      for (let call = 0; call < count; call += 1) {
        if (call % 100 === 0) await clearRateLimits();
        const asked = kind === "valid" ? validInput(path, known, random) : null;
        const body = kind === "valid" ? bodyOf(asked) : hostileBody(path, known, random);
        tally[(await send(path, body, asked)).ok ? "ok" : "refused"] += 1;
      }
      await requireConsistentBooks(`after ${path}`);
      if (tally.ok === 0 || definitionOf(path).type === "query") {
        check(before === (await stateOfBooks()), `${path} was refused and changed the books`);
      }
      return tally;
    },
  };
}

const bodyOf = (input: unknown): string => JSON.stringify({ json: input ?? null });
