/** Two communities with callers of every access level. */
import { v7 } from "uuid";
import { appRouter } from "../../../server/api/root";
import { createCallerFactory } from "../../../server/api/trpc";
import { db } from "../../../server/platform/db/client";
import { makeCommunity, makeUser } from "../../../server/testing/people";

/** Each caller, with the table column of their answers. */
export const actors = {
  nobody: "nobody",
  stranger: "signed in, no member",
  applied: "applied, suspended or left",
  suspended: "applied, suspended or left",
  left: "applied, suspended or left",
  paused: "paused",
  member: "member",
  side: "the other side",
  coordinator: "coordinator",
  foreign: "coordinator elsewhere",
} as const;
export type ActorName = keyof typeof actors;
export const columns = [...new Set(Object.values(actors))];

/** Members who are named by their status. */
const STANDINGS = ["applied", "suspended", "left", "paused"] as const;

export type Person = { id: string; userId: string };
export type Place = { id: string; slug: string };

/** Distinctive texts in private fields, to search answers for. */
export const SECRET = { contact: "secret-contact", note: "secret-note", word: "secret-word" };

const createCaller = createCallerFactory(appRouter);

/** The procedures as a user calls them. */
export function as(person: { userId: string } | null, now = new Date(), sessionId = v7()) {
  const actor = person && {
    userId: person.userId,
    sessionId,
    name: "Test",
    email: `${person.userId}@example.org`,
    language: null,
  };
  return createCaller({ actor, locale: "en", address: v7(), now });
}

async function helpOnce({ slug: community }: Place, giver: Person, receiver: Person) {
  const id = v7();
  const date = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
  await as(giver).exchange.record({
    community,
    id,
    otherId: receiver.id,
    mySide: "giver",
    title: "Earlier help",
    category: "other",
    date,
    minutes: 15,
    note: "",
  });
  await as(receiver).exchange.confirm({ community, id, version: 1 });
}

/** Adds owners who are not callers themselves: `otto` and `nina` here, `tom` and `ute` there. */
export async function makeScene() {
  const here = await makeCommunity([
    ...(["applied", "suspended", "left", "paused", "member", "side"] as const),
    ...(["otto", "nina"] as const),
  ]);
  const there = await makeCommunity(["tom", "ute"] as const);
  await db.community.updateMany({
    where: { id: { in: [here.id, there.id] } },
    data: { balancesVisible: false },
  });
  await db.member.updateMany({
    where: { communityId: { in: [here.id, there.id] } },
    data: { contact: SECRET.contact },
  });
  // The proof makes more exchanges than the usual limits permit.
  await db.community.updateMany({
    where: { id: { in: [here.id, there.id] } },
    data: { floor: -60_000 },
  });
  // Members who have helped each other have higher limits than strangers.
  await helpOnce(here, here.members.otto, here.members.nina);
  await helpOnce(there, there.members.tom, there.members.ute);
  const stranger: Person = { id: v7(), userId: await makeUser("Stranger") };
  const { otto, nina, ...members } = here.members;
  const people: Record<Exclude<ActorName, "nobody">, Person> = {
    ...members,
    stranger,
    coordinator: here.coordinator,
    foreign: there.coordinator,
  };
  const setStatus = async (name: ActorName, isOn: boolean) => {
    const standing = STANDINGS.find((known) => known === name);
    if (!standing) return;
    const status = isOn ? standing : "active";
    await db.member.updateMany({ where: { userId: people[standing].userId }, data: { status } });
  };
  return {
    here: here as Place,
    there: there as Place,
    others: { otto, nina, ...there.members },
    personOf: (name: ActorName): Person | null => (name === "nobody" ? null : people[name]),
    isInside: (name: ActorName) => !["nobody", "stranger", "foreign"].includes(name),
    /** Members are active during the preparation; this sets the status that the name says. */
    setStatus,
  };
}

export type Scene = Awaited<ReturnType<typeof makeScene>>;
