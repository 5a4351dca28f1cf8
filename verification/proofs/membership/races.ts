/** Parallel requests to one community, a new one for each race. */
import { v7 } from "uuid";
import {
  INVITATIONS,
  JOINS_BY_AN_INVITATION,
  JOINS_FROM_AN_ADDRESS,
  MAX_OPEN_INVITATIONS,
} from "../../../domain/kernel/limits";
import { appRouter } from "../../../server/api/root";
import { createCallerFactory } from "../../../server/api/trpc";
import { prepareSetupLink } from "../../../server/community/prepare-setup-link";
import { db } from "../../../server/platform/db/client";
import { hashToken, newToken } from "../../../server/platform/tokens";
import { makeCommunity, makeUser } from "../../../server/testing/people";

const createCaller = createCallerFactory(appRouter);
const DAY = 86_400_000;
const dayFrom = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

/** The procedures as a user calls them. */
function as(userId: string | null, { name = "Newcomer", address = v7() } = {}) {
  const actor = userId && {
    userId,
    sessionId: v7(),
    name,
    email: `${userId}@x.org`,
    language: null,
  };
  return createCaller({ actor: actor || null, locale: "en", address, now: new Date() });
}

const rules = {
  name: "Test",
  about: "",
  language: "en" as const,
  timeZone: "Europe/Madrid",
  granularity: 15 as const,
  floor: -600,
  newcomerFloor: -60,
  softFloor: -300,
  softCeiling: 1200,
  welcomeCredit: 60,
  confirmationDays: 7,
  balancesVisible: false,
};

export type Racing = {
  random: () => number;
  /** Starts all requests at once, each after a random delay, and checks every answer. */
  together: (requests: (() => Promise<unknown>)[]) => Promise<string[]>;
};
type Race = (racing: Racing) => Promise<void>;

const people = (count: number, name = "Newcomer") =>
  Promise.all(Array.from({ length: count }, () => makeUser(name)));

/** How often a race is repeated while chance lets every request come in time. */
const TRIES = 20;

/** Newcomers join without an invitation while the community stops being open. */
const closing: Race = async (racing) => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if ((await closeOnce(racing)).includes("notOpenToJoin")) return;
  }
};

const closeOnce = async ({ random, together }: Racing): Promise<string[]> => {
  const fixture = await makeCommunity([]);
  const { slug: community } = fixture;
  const carla = as(fixture.coordinator.userId).community;
  await carla.update({ community, joining: "open", ...rules });
  const newcomers = await people(6);
  const close = () => carla.update({ community, joining: "invitation", ...rules });
  const joins = newcomers.map((userId) => () => as(userId).community.join({ community }));
  joins.splice(Math.floor(random() * 4), 0, async () => {
    await close();
    return { slug: community };
  });
  return together(joins);
};

/** More people than one invitation admits use it, some twice, while it is withdrawn. */
const inviting: Race = async ({ random, together }) => {
  const fixture = await makeCommunity([], { welcomeCredit: 60 });
  const { slug: community } = fixture;
  const carla = as(fixture.coordinator.userId).community;
  const maxUses = 1 + Math.floor(random() * 4);
  const { id, token } = await carla.invite({ community, label: "", days: 1, maxUses });
  const newcomers = await people(6);
  const join = (userId: string) => () => as(userId).community.join({ community, token });
  const requests: (() => Promise<unknown>)[] = [...newcomers, ...newcomers.slice(0, 3)].map(join);
  const withdraw = () => carla.withdrawInvitation({ community, id });
  if (random() < 0.7) requests.splice(Math.floor(random() * 6), 0, withdraw);
  await together(requests);
};

/** A few at a time, so that no transaction waits too long for the lock. */
async function inTurn(requests: (() => Promise<unknown>)[]): Promise<void> {
  for (let first = 0; first < requests.length; first += 4) {
    await Promise.all(requests.slice(first, first + 4).map((request) => request()));
  }
}

/** How many compete for the last places. */
const RIVALS = 8;

/** More users than permitted join at once from one network address. */
const fromOneAddress: Race = async ({ together }) => {
  const fixture = await makeCommunity([]);
  await db.community.update({ where: { id: fixture.id }, data: { joining: "open" } });
  const newcomers = await people(JOINS_FROM_AN_ADDRESS.max + 4);
  const joins = newcomers.map((userId, index) => () => {
    const { community } = as(userId, { address: `2001:db8::${index + 1}` });
    return community.join({ community: fixture.slug });
  });
  await inTurn(joins.slice(RIVALS));
  await together(joins.slice(0, RIVALS));
};

/** More users than permitted join at once by one invitation. */
const byOneInvitation: Race = async ({ together }) => {
  const fixture = await makeCommunity([]);
  const { slug: community } = fixture;
  const invited = { community, label: "", days: 1, maxUses: 1000 };
  const { token } = await as(fixture.coordinator.userId).community.invite(invited);
  const newcomers = await people(JOINS_BY_AN_INVITATION.max + 4);
  const joins = newcomers.map((userId) => () => as(userId).community.join({ community, token }));
  await inTurn(joins.slice(RIVALS));
  await together(joins.slice(0, RIVALS));
};

/** Competes for the last open invitations, and for the last ones of an hour. */
const makingInvitations: Race = async ({ random, together }) => {
  const fixture = await makeCommunity([]);
  const isHour = random() < 0.5;
  const { max } = isHour ? INVITATIONS : { max: MAX_OPEN_INVITATIONS };
  const now = new Date();
  await db.invitation.createMany({
    data: Array.from({ length: max - 2 }, () => ({
      communityId: fixture.id,
      id: v7(),
      tokenHash: hashToken(newToken()),
      label: "",
      createdById: fixture.coordinator.id,
      maxUses: 1,
      createdAt: isHour ? now : new Date(now.getTime() - DAY),
      expiresAt: new Date(now.getTime() + DAY),
    })),
  });
  const { invite } = as(fixture.coordinator.userId).community;
  const invited = { community: fixture.slug, label: "", days: 1, maxUses: 1 };
  await together(Array.from({ length: 6 }, () => () => invite(invited)));
};

/** A newcomer and the coordinator take the same name. */
const naming: Race = async ({ together }) => {
  const fixture = await makeCommunity([]);
  const { slug: community } = fixture;
  await db.community.update({ where: { id: fixture.id }, data: { joining: "open" } });
  const profile = { about: "", languages: [], neighbourhood: "", contact: "" };
  const carla = as(fixture.coordinator.userId).member;
  const newcomers = await people(4, "Renata");
  const join = (userId: string) => () =>
    as(userId, { name: "Renata" }).community.join({ community });
  await together([
    ...newcomers.slice(0, 2).map(join),
    () => carla.updateProfile({ community, displayName: "Renata", ...profile }),
    ...newcomers.slice(2).map(join),
  ]);
};

/** Two coordinators vouch for one newcomer, whose welcome credit is paid once. */
const vouching: Race = async ({ together }) => {
  const fixture = await makeCommunity(["ana"] as const, { welcomeCredit: 60 });
  const { slug: community } = fixture;
  await db.community.update({ where: { id: fixture.id }, data: { joining: "open" } });
  await db.member.updateMany({
    where: { id: fixture.members.ana.id },
    data: { role: "coordinator" },
  });
  const [userId = ""] = await people(1);
  await as(userId).community.join({ community });
  const { id } = await db.member.findFirstOrThrow({ where: { userId } });
  const desks = [fixture.coordinator, fixture.members.ana, fixture.coordinator];
  await together([
    ...desks.map((desk) => () => as(desk.userId).member.vouch({ community, id })),
    () => as(fixture.coordinator.userId).community.update({ community, joining: "open", ...rules }),
  ]);
};

/** One coordinator creates a community several times, under one name and under two; another too. */
const founding: Race = async ({ random, together }) => {
  const [one, other] = await Promise.all([makeCommunity([]), makeCommunity([])]);
  const asked = { name: `Garden ${v7()}`, language: "en", timeZone: "Europe/Madrid" } as const;
  const found = (userId: string, language: "en" | "es" = "en") => {
    return () => as(userId).community.create({ ...asked, language });
  };
  const { userId } = one.coordinator;
  const requests = [found(userId), found(userId), found(userId), found(userId, "es")];
  requests.push(found(other.coordinator.userId), found(other.coordinator.userId));
  requests.splice(Math.floor(random() * 5), 0, ...(random() < 0.5 ? [leave(one, userId)] : []));
  await together(requests);
};

/** Ends or suspends a membership as another member's action would, in the database. */
const leave =
  ({ id: communityId }: { id: string }, userId: string, status: "left" | "suspended" = "left") =>
  async (): Promise<{ slug: string }> => {
    await db.member.updateMany({ where: { communityId, userId }, data: { status } });
    return { slug: "" };
  };

/** Several people with the set-up link claim the installation. */
export async function claiming({ together }: Racing): Promise<void> {
  const token = (await prepareSetupLink()) ?? "";
  const claim = (number: number) => () =>
    as(null).setup.claim({
      token,
      name: "First community",
      language: "en",
      timeZone: "Europe/Madrid",
      yourName: `Carla ${number}`,
      email: `carla${number}@example.org`,
      password: "three odd words",
    });
  await together([claim(1), claim(2), claim(3)]);
}

/** A member does everything that leaves data behind, and others ask them, while they leave. */
const leaving: Race = async ({ random, together }) => {
  const fixture = await makeCommunity(["rosa", "ben", "eva"] as const, { welcomeCredit: 60 });
  const { slug: community } = fixture;
  const { rosa, ben } = fixture.members;
  const [mine, bens] = [as(rosa.userId), as(ben.userId)];
  const what = { community, title: "Shopping", category: "other" as const, minutes: 30, note: "" };
  const terms = { ...what, place: "giver" as const, placeNote: "", time: "10:00" };
  // Two exchanges to answer, and one to record.
  const [proposed, agreed, past] = [v7(), v7(), v7()];
  const toRosa = { ...terms, otherId: rosa.id, mySide: "receiver" as const };
  await bens.exchange.propose({ ...toRosa, id: proposed, date: dayFrom(5) });
  await bens.exchange.propose({ ...toRosa, id: agreed, date: dayFrom(9) });
  await mine.exchange.agree({ community, id: agreed, version: 1 });
  const record = { ...what, date: dayFrom(-2) };
  await mine.exchange.record({ ...record, id: past, otherId: ben.id, mySide: "receiver" });
  const listing = {
    community,
    kind: "offer" as const,
    title: "Piano",
    description: "",
    minutes: 60,

    category: "other" as const,
    places: ["mine" as const],
    availability: "",
    neededOn: "",
    neededTime: "",
  };
  const search = { community, words: "piano", places: [], spoken: "" };
  const days = { firstDay: dayFrom(3), lastDay: dayFrom(4), starts: null, ends: null };
  const profile = { displayName: "Rosa", languages: [], neighbourhood: "", contact: "" };
  const requests: (() => Promise<unknown>)[] = [
    () => mine.listing.create({ ...listing, id: v7() }),
    () => mine.exchange.propose({ ...toRosa, otherId: ben.id, id: v7(), date: dayFrom(12) }),
    () =>
      mine.exchange.record({
        ...record,
        title: "Lift",
        id: v7(),
        otherId: fixture.members.eva.id,
        mySide: "receiver",
      }),
    () => mine.exchange.agree({ community, id: proposed, version: 1 }),
    () => mine.exchange.cancel({ community, id: agreed, version: 2, reason: "" }),
    () => mine.exchange.note({ community, id: v7(), exchangeId: agreed, text: "See you" }),
    () => mine.thanks.write({ community, exchangeId: past, text: "Thank you" }),
    () => mine.availability.addOverride({ community, id: v7(), ...days }),
    () =>
      mine.availability.saveWeek({
        community,
        travelMinutes: 0,
        week: [{ weekday: 1, starts: 600, ends: 720 }],
      }),
    () => mine.search.save({ ...search, id: v7() }),
    () => mine.member.updateProfile({ community, about: "Gone soon", ...profile }),
    () => bens.exchange.propose({ ...toRosa, id: v7(), date: dayFrom(15) }),
    () => bens.exchange.record({ ...record, id: v7(), otherId: rosa.id, mySide: "receiver" }),
  ];
  const gone = leave(fixture, rosa.userId, random() < 0.5 ? "left" : "suspended");
  requests.splice(Math.floor(random() * requests.length), 0, gone);
  await together(requests);
};

const POINT = { latitude: 404_000, longitude: -37_000 };

/** A coordinator does what requires the role while losing it. */
const steppingDown: Race = async ({ random, together }) => {
  const fixture = await makeCommunity(["ana"] as const);
  const { slug: community } = fixture;
  const { ana } = fixture.members;
  await db.member.updateMany({ where: { id: ana.id }, data: { role: "coordinator" } });
  await db.community.update({ where: { id: fixture.id }, data: { joining: "open" } });
  const newcomers = await people(2);
  for (const userId of newcomers) await as(userId).community.join({ community });
  const joined = await db.member.findMany({ where: { userId: { in: newcomers } } });
  const mine = as(ana.userId);
  const invited = { community, label: "", days: 1, maxUses: 2 };
  const known = await mine.community.invite(invited);
  const requests: (() => Promise<unknown>)[] = [
    () => mine.community.invite(invited),
    () => mine.community.invite(invited),
    () => mine.community.withdrawInvitation({ community, id: known.id }),
    ...joined.map(
      ({ id }) =>
        () =>
          mine.member.vouch({ community, id }),
    ),
    () => mine.community.update({ community, joining: "open", ...rules, about: "By Ana" }),
    () => mine.neighbourhood.add({ community, id: v7(), name: "Old town", point: POINT }),
  ];
  const step = async () => {
    await db.member.updateMany({ where: { id: ana.id }, data: { role: "member" } });
  };
  requests.splice(Math.floor(random() * requests.length), 0, step);
  await together(requests);
};

export const races: Race[] = [
  closing,
  fromOneAddress,
  inviting,
  leaving,
  founding,
  steppingDown,
  naming,
  makingInvitations,
  vouching,
  byOneInvitation,
];
