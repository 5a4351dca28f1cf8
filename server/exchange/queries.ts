import { answerableStatuses, isOver, openStatuses } from "../../domain/exchange/status";
import {
  automaticOutcome,
  type ExchangeActor,
  type ExchangeEventKind,
  type ExchangeRules,
  isTurnOf,
  type NotHappenedReason,
  offeredActions,
  partyOf,
  returnableSince,
  returnableUntil,
} from "../../domain/exchange/transitions";
import { MAX_ROWS } from "../../domain/kernel/limits";
import type { Category, MeetingPlace } from "../../domain/listing/listing";
import { isGiverBusy } from "../availability/queries";
import { named, person } from "../membership/member-name";
import { db } from "../platform/db/client";
import type { Prisma } from "../platform/db/generated/client";

const someone = { select: person } as const;

const row = {
  giver: someone,
  receiver: someone,
} satisfies Prisma.ExchangeInclude;

type Row = Prisma.ExchangeGetPayload<{ include: typeof row }>;

const toCard = (exchange: Row, viewer: ExchangeActor) => {
  const { id, status, title, category, startsAt, minutes, reportedMinutes, agreedAt } = exchange;
  const mySide = sideOf(exchange, viewer.memberId);
  return {
    id,
    status,
    title,
    // Stored as text; the services write no other words than the domain's.
    category: category as Category,
    startsAt,
    minutes: reportedMinutes ?? minutes,
    agreedAt,
    reversedAt: exchange.reversedAt,
    createdAt: exchange.createdAt,
    endedAt: exchange.endedAt,
    giver: exchange.giver,
    receiver: exchange.receiver,
    other: mySide === "giver" ? exchange.receiver : exchange.giver,
    mySide,
    /** Whether the exchange waits for the viewer's word. */
    myTurn: isTurnOf(exchange, viewer.memberId),
  };
};

type Side = "giver" | "receiver";

const sideOf = (
  exchange: { giverId: string; receiverId: string },
  memberId: string,
): Side | null =>
  exchange.giverId === memberId ? "giver" : exchange.receiverId === memberId ? "receiver" : null;

const mine = (communityId: string, memberId: string) => ({
  communityId,
  OR: [{ giverId: memberId }, { receiverId: memberId }],
});

/** A member's exchanges: the ones under way, soonest first, or the ended ones, latest first. */
export async function readMyExchanges(
  communityId: string,
  viewer: ExchangeActor,
  query: { part: "open" | "past"; after?: string | undefined },
) {
  const page = 30;
  const rows = await db.exchange.findMany({
    where: {
      ...mine(communityId, viewer.memberId),
      status: query.part === "open" ? { in: [...openStatuses] } : { notIn: [...openStatuses] },
    },
    include: row,
    orderBy:
      query.part === "open"
        ? [{ startsAt: "asc" }, { id: "asc" }]
        : [{ endedAt: "desc" }, { id: "desc" }],
    take: page + 1,
    ...(query.after
      ? { cursor: { communityId_id: { communityId, id: query.after } }, skip: 1 }
      : {}),
  });
  const shown = rows.slice(0, page);
  return {
    exchanges: shown.map((exchange) => toCard(exchange, viewer)),
    next: rows.length > page ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** Of what is agreed, which both sides wanted: more than anybody keeps up with. */
const MAX_AGREED = 500;

/**
 * What home shows: exchanges that wait for the member's word, and the agreed ones to come. Each
 * part has a bound of its own, so that what strangers ask for never hides what was agreed.
 */
export async function readHomeExchanges(communityId: string, memberId: string, now: Date) {
  const viewer = { memberId, isCoordinator: false };
  const read = async (where: Prisma.ExchangeWhereInput, take: number) => {
    const rows = await db.exchange.findMany({
      where: { AND: [mine(communityId, memberId), where] },
      include: row,
      orderBy: [{ startsAt: "asc" }, { id: "asc" }],
      take,
    });
    return rows.map((exchange) => toCard(exchange, viewer));
  };
  const answerable = { in: [...answerableStatuses] };
  const [agreed, asked, waiting] = await Promise.all([
    read({ status: "agreed" }, MAX_AGREED),
    read({ status: answerable, pendingById: { not: memberId } }, MAX_ROWS.waiting),
    read(
      { OR: [{ status: answerable, pendingById: memberId }, { status: "disputed" }] },
      MAX_ROWS.waiting,
    ),
  ]);
  return {
    waitingForMe: [...asked, ...agreed.filter((card) => card.myTurn)].sort(
      (one, other) => one.startsAt.getTime() - other.startsAt.getTime(),
    ),
    /** Agreed and its time is over: somebody should say how long it took. */
    toReport: agreed.filter((card) => card.startsAt <= now && !card.myTurn),
    coming: agreed.filter((card) => card.startsAt > now && !card.myTurn),
    waitingForOthers: waiting,
  };
}

/**
 * Hours that somebody else's record gave this member without asking, and that they can still
 * return; the latest first.
 */
export async function readCredited(
  communityId: string,
  memberId: string,
  rules: ExchangeRules,
  now: Date,
) {
  const rows = await db.exchange.findMany({
    where: {
      communityId,
      giverId: memberId,
      status: "settled",
      pendingById: { not: memberId },
      agreedAt: null,
      reversedAt: null,
      endedAt: { gt: returnableSince(rules, now) },
    },
    include: row,
    orderBy: [{ endedAt: "desc" }, { id: "desc" }],
    take: MAX_ROWS.waiting,
  });
  return rows.map((exchange) => ({
    ...toCard(exchange, { memberId, isCoordinator: false }),
    returnableUntil: returnableUntil(exchange, memberId, rules),
  }));
}

/** How many exchanges wait for this member: proposals to answer, other times, reports to confirm. */
export async function countWaiting(communityId: string, memberId: string): Promise<number> {
  return db.exchange.count({
    where: {
      communityId,
      AND: [
        { OR: mine(communityId, memberId).OR },
        {
          OR: [
            { status: { in: [...answerableStatuses] } },
            { status: "agreed", rescheduleTo: { not: null } },
          ],
        },
      ],
      NOT: { pendingById: memberId },
    },
  });
}

/** How many disputed exchanges this coordinator can decide: those in which they are no side. */
export async function countDecisions(communityId: string, memberId: string): Promise<number> {
  return db.exchange.count({
    where: { communityId, status: "disputed", NOT: { OR: mine(communityId, memberId).OR } },
  });
}

/** Exchanges that need a coordinator, oldest first, and the latest ones of the community. */
export async function readDisputed(communityId: string, viewer: ExchangeActor) {
  const rows = await db.exchange.findMany({
    where: { communityId, status: "disputed" },
    include: row,
    orderBy: [{ createdAt: "asc" }],
    take: MAX_ROWS.disputes,
  });
  return rows.map((exchange) => toCard(exchange, viewer));
}

/**
 * An exchange with its history and notes, for its two sides and for coordinators; null for
 * everybody else. A coordinator who is no side reads the notes only while they are asked to
 * decide. What the viewer can do now, until when, and what happens automatically is computed here by the
 * domain; pages only show it.
 */
export async function readExchangeView(
  communityId: string,
  id: string,
  viewer: ExchangeActor,
  rules: ExchangeRules,
  now: Date,
) {
  const found = await db.exchange.findFirst({
    where: {
      communityId,
      id,
      ...(viewer.isCoordinator ? {} : { OR: mine(communityId, viewer.memberId).OR }),
    },
    include: {
      ...row,
      listing: { select: { id: true, title: true, kind: true } },
      // Of a thread that goes on for ever its end.
      events: { orderBy: { version: "asc" }, take: -MAX_ROWS.events },
      notes: {
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
        include: { member: someone },
        take: -MAX_ROWS.events,
      },
    },
  });
  if (!found) return null;
  const card = toCard(found, viewer);
  const { version, place, placeNote, pendingById, dueAt, listing, remindedAt, reportedAt } = found;
  const { rescheduleTo, seriesId } = found;
  // Whether the giver is promised elsewhere in the proposed time; revealed to the giver alone.
  const isTaken =
    found.status === "proposed" &&
    card.mySide === "giver" &&
    (await isGiverBusy(db, communityId, found));
  const isAuthor = partyOf(found, viewer) === "author";
  const readsNotes = card.mySide !== null || found.status === "disputed";
  const people = new Map(
    await namesOf(
      communityId,
      found.events.map((event) => event.memberId),
    ),
  );
  return {
    ...card,
    version,
    place: place as MeetingPlace,
    placeNote,
    pendingById,
    dueAt,
    remindedAt,
    reportedAt,
    listing,
    rescheduleTo,
    isTaken,
    /** The exchanges that repeat with this one, itself among them; empty when it is alone. */
    series: seriesId ? await readSeries(communityId, seriesId, viewer.memberId) : [],
    /** The minutes that were proposed or agreed; `minutes` are the reported ones once there are. */
    agreedMinutes: found.minutes,
    reportedMinutes: found.reportedMinutes,
    isOver: isOver(found.status),
    actions: offeredActions(found, viewer, rules, now, isTaken),
    /** What the form for a report asks: a correction, before the arranged time, or after it. */
    reportMode: ((): "correct" | "early" | "due" => {
      if (found.status === "reported" && isAuthor) return "correct";
      return found.startsAt > now ? "early" : "due";
    })(),
    /** How and when it ends if nobody does anything; null when it never does. */
    automaticOutcome: automaticOutcome(found, rules),
    /** Until when the viewer may return hours that the other side recorded; null when they may not. */
    returnableUntil: returnableUntil(found, viewer.memberId, rules),
    events: found.events.map(
      ({ kind, at, minutes, startsAt, reason, cause, memberId, version: number }) => ({
        number,
        kind: kind as ExchangeEventKind,
        at,
        minutes,
        startsAt,
        reason,
        // Stored as text; the services write no other words than the domain's.
        cause: cause as NotHappenedReason | "",
        /** Null when time acted. */
        byId: memberId,
        by: memberId ? (people.get(memberId) ?? null) : null,
      }),
    ),
    notes: readsNotes
      ? found.notes.map(({ id: noteId, text, createdAt, member }) => ({
          id: noteId,
          text,
          createdAt,
          by: member,
        }))
      : [],
  };
}

async function readSeries(communityId: string, seriesId: string, memberId: string) {
  const rows = await db.exchange.findMany({
    where: { communityId, seriesId },
    orderBy: [{ startsAt: "asc" }, { id: "asc" }],
  });
  return rows.map((each) => ({
    id: each.id,
    version: each.version,
    status: each.status,
    startsAt: each.startsAt,
    myTurn: isTurnOf(each, memberId),
  }));
}

async function namesOf(communityId: string, ids: (string | null)[]) {
  const rows = await db.member.findMany({
    where: { communityId, id: { in: ids.filter((id) => id !== null) } },
    select: { id: true, ...named },
  });
  return rows.map(({ id, ...name }) => [id, name] as const);
}
