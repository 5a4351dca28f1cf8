/** What happens at the same time to one community; a fresh one each. */
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

/** The procedures as a person calls them. */
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
  chance: () => number;
  /** Runs all of it at once, each after a few turns by chance, and judges every answer. */
  together: (requests: (() => Promise<unknown>)[]) => Promise<string[]>;
};
type Race = (racing: Racing) => Promise<void>;

const people = (count: number, name = "Newcomer") =>
  Promise.all(Array.from({ length: count }, () => makeUser(name)));

/** How often a race is run again whose chance let nobody be too late. */
const TRIES = 20;

/** Newcomers without an invitation, while the community stops being open. */
const closing: Race = async (racing) => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if ((await closeOnce(racing)).includes("notOpenToJoin")) return;
  }
};

const closeOnce = async ({ chance, together }: Racing): Promise<string[]> => {
  const village = await makeCommunity([]);
  const { slug: community } = village;
  const carla = as(village.coordinator.userId).community;
  await carla.update({ community, joining: "open", ...rules });
  const newcomers = await people(6);
  const close = () => carla.update({ community, joining: "invitation", ...rules });
  const joins = newcomers.map((userId) => () => as(userId).community.join({ community }));
  joins.splice(Math.floor(chance() * 4), 0, async () => {
    await close();
    return { slug: community };
  });
  return together(joins);
};

/** One invitation, more people than it has uses, some of them twice, while it is withdrawn. */
const inviting: Race = async ({ chance, together }) => {
  const village = await makeCommunity([], { welcomeCredit: 60 });
  const { slug: community } = village;
  const carla = as(village.coordinator.userId).community;
  const maxUses = 1 + Math.floor(chance() * 4);
  const { id, token } = await carla.invite({ community, label: "", days: 1, maxUses });
  const newcomers = await people(6);
  const join = (userId: string) => () => as(userId).community.join({ community, token });
  const requests: (() => Promise<unknown>)[] = [...newcomers, ...newcomers.slice(0, 3)].map(join);
  const withdraw = () => carla.withdrawInvitation({ community, id });
  if (chance() < 0.7) requests.splice(Math.floor(chance() * 6), 0, withdraw);
  await together(requests);
};

/** A few at a time, so that nobody's turn to write is too long in coming. */
async function inTurn(requests: (() => Promise<unknown>)[]): Promise<void> {
  for (let first = 0; first < requests.length; first += 4) {
    await Promise.all(requests.slice(first, first + 4).map((request) => request()));
  }
}

/** How many race for the last places. */
const RIVALS = 8;

/** More than may join at once from one network address. */
const fromOneAddress: Race = async ({ together }) => {
  const village = await makeCommunity([]);
  await db.community.update({ where: { id: village.id }, data: { joining: "open" } });
  const newcomers = await people(JOINS_FROM_AN_ADDRESS.max + 4);
  const joins = newcomers.map((userId, index) => () => {
    const { community } = as(userId, { address: `2001:db8::${index + 1}` });
    return community.join({ community: village.slug });
  });
  await inTurn(joins.slice(RIVALS));
  await together(joins.slice(0, RIVALS));
};

/** More than may join at once by one invitation. */
const byOneInvitation: Race = async ({ together }) => {
  const village = await makeCommunity([]);
  const { slug: community } = village;
  const invited = { community, label: "", days: 1, maxUses: 1000 };
  const { token } = await as(village.coordinator.userId).community.invite(invited);
  const newcomers = await people(JOINS_BY_AN_INVITATION.max + 4);
  const joins = newcomers.map((userId) => () => as(userId).community.join({ community, token }));
  await inTurn(joins.slice(RIVALS));
  await together(joins.slice(0, RIVALS));
};

/** The last places for open invitations, and the last of an hour. */
const makingInvitations: Race = async ({ chance, together }) => {
  const village = await makeCommunity([]);
  const isHour = chance() < 0.5;
  const { max } = isHour ? INVITATIONS : { max: MAX_OPEN_INVITATIONS };
  const now = new Date();
  await db.invitation.createMany({
    data: Array.from({ length: max - 2 }, () => ({
      communityId: village.id,
      id: v7(),
      tokenHash: hashToken(newToken()),
      label: "",
      createdById: village.coordinator.id,
      maxUses: 1,
      createdAt: isHour ? now : new Date(now.getTime() - DAY),
      expiresAt: new Date(now.getTime() + DAY),
    })),
  });
  const { invite } = as(village.coordinator.userId).community;
  const invited = { community: village.slug, label: "", days: 1, maxUses: 1 };
  await together(Array.from({ length: 6 }, () => () => invite(invited)));
};

/** A newcomer takes the name that the coordinator takes. */
const naming: Race = async ({ together }) => {
  const village = await makeCommunity([]);
  const { slug: community } = village;
  await db.community.update({ where: { id: village.id }, data: { joining: "open" } });
  const profile = { about: "", languages: [], neighbourhood: "", contact: "" };
  const carla = as(village.coordinator.userId).member;
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
  const village = await makeCommunity(["ana"] as const, { welcomeCredit: 60 });
  const { slug: community } = village;
  await db.community.update({ where: { id: village.id }, data: { joining: "open" } });
  await db.member.updateMany({
    where: { id: village.members.ana.id },
    data: { role: "coordinator" },
  });
  const [userId = ""] = await people(1);
  await as(userId).community.join({ community });
  const { id } = await db.member.findFirstOrThrow({ where: { userId } });
  const desks = [village.coordinator, village.members.ana, village.coordinator];
  await together([
    ...desks.map((desk) => () => as(desk.userId).member.vouch({ community, id })),
    () => as(village.coordinator.userId).community.update({ community, joining: "open", ...rules }),
  ]);
};

/** One name, founded by one coordinator several times, by another, and as two different ones. */
const founding: Race = async ({ chance, together }) => {
  const [one, other] = await Promise.all([makeCommunity([]), makeCommunity([])]);
  const asked = { name: `Garden ${v7()}`, language: "en", timeZone: "Europe/Madrid" } as const;
  const found = (userId: string, language: "en" | "es" = "en") => {
    return () => as(userId).community.found({ ...asked, language });
  };
  const { userId } = one.coordinator;
  const requests = [found(userId), found(userId), found(userId), found(userId, "es")];
  requests.push(found(other.coordinator.userId), found(other.coordinator.userId));
  requests.splice(Math.floor(chance() * 5), 0, ...(chance() < 0.5 ? [leave(one, userId)] : []));
  await together(requests);
};

/** Somebody loses their place by another's hand, as the books would see it. */
const leave =
  ({ id: communityId }: { id: string }, userId: string, status: "left" | "suspended" = "left") =>
  async (): Promise<{ slug: string }> => {
    await db.member.updateMany({ where: { communityId, userId }, data: { status } });
    return { slug: "" };
  };

/** The installation is claimed by several who have the link. */
export async function claiming({ together }: Racing): Promise<void> {
  const token = (await prepareSetupLink()) ?? "";
  const claim = (number: number) => () =>
    as(null).setup.claim({
      token,
      name: "First village",
      language: "en",
      timeZone: "Europe/Madrid",
      yourName: `Carla ${number}`,
      email: `carla${number}@example.org`,
      password: "three odd words",
    });
  await together([claim(1), claim(2), claim(3)]);
}

/** A member does everything that leaves something behind, and others ask them, while they leave. */
const leaving: Race = async ({ chance, together }) => {
  const village = await makeCommunity(["rosa", "ben", "eva"] as const, { welcomeCredit: 60 });
  const { slug: community } = village;
  const { rosa, ben } = village.members;
  const [mine, bens] = [as(rosa.userId), as(ben.userId)];
  const what = { community, title: "Shopping", category: "other" as const, minutes: 30, note: "" };
  const terms = { ...what, place: "giver" as const, placeNote: "", time: "10:00" };
  // Two exchanges to answer, and one to write about.
  const [asked, agreed, past] = [v7(), v7(), v7()];
  const toRosa = { ...terms, otherId: rosa.id, mySide: "receiver" as const };
  await bens.exchange.propose({ ...toRosa, id: asked, date: dayFrom(5) });
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
        otherId: village.members.eva.id,
        mySide: "receiver",
      }),
    () => mine.exchange.agree({ community, id: asked, version: 1 }),
    () => mine.exchange.cancel({ community, id: agreed, version: 2, reason: "" }),
    () => mine.exchange.note({ community, id: v7(), exchangeId: agreed, text: "See you" }),
    () => mine.thanks.write({ community, exchangeId: past, text: "Thank you" }),
    () => mine.availability.addOverride({ community, id: v7(), ...days }),
    () =>
      mine.availability.keepWeek({
        community,
        travelMinutes: 0,
        week: [{ weekday: 1, starts: 600, ends: 720 }],
      }),
    () => mine.search.save({ ...search, id: v7() }),
    () => mine.member.updateProfile({ community, about: "Gone soon", ...profile }),
    () => bens.exchange.propose({ ...toRosa, id: v7(), date: dayFrom(15) }),
    () => bens.exchange.record({ ...record, id: v7(), otherId: rosa.id, mySide: "receiver" }),
  ];
  const gone = leave(village, rosa.userId, chance() < 0.5 ? "left" : "suspended");
  requests.splice(Math.floor(chance() * requests.length), 0, gone);
  await together(requests);
};

const POINT = { latitude: 404_000, longitude: -37_000 };

/** A coordinator does what only coordinators may, while they stop being one. */
const steppingDown: Race = async ({ chance, together }) => {
  const village = await makeCommunity(["ana"] as const);
  const { slug: community } = village;
  const { ana } = village.members;
  await db.member.updateMany({ where: { id: ana.id }, data: { role: "coordinator" } });
  await db.community.update({ where: { id: village.id }, data: { joining: "open" } });
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
  requests.splice(Math.floor(chance() * requests.length), 0, step);
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
