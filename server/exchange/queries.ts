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
import { person } from "../membership/member-name";
import { readSides, type Side, sideIds } from "../membership/sides";
import { unseenExchanges } from "../notification/queries";
import { db } from "../platform/db/client";
import type { Prisma } from "../platform/db/generated/client";

const toCard = (
  exchange: Prisma.ExchangeModel,
  sides: { of: (id: string) => Side },
  viewer: ExchangeActor,
) => {
  const { id, status, title, category, startsAt, minutes, reportedMinutes, agreedAt } = exchange;
  const mySide = sideOf(exchange, viewer.memberId);
  const giver = sides.of(exchange.giverId);
  const receiver = sides.of(exchange.receiverId);
  return {
    id,
    status,
    title,
    // Stored as text; the commands write only the domain's values.
    category: category as Category,
    startsAt,
    minutes: reportedMinutes ?? minutes,
    agreedAt,
    reversedAt: exchange.reversedAt,
    createdAt: exchange.createdAt,
    endedAt: exchange.endedAt,
    giver,
    receiver,
    other: mySide === "giver" ? receiver : giver,
    mySide,
    /** Whether the exchange waits for the viewer's answer. */
    myTurn: isTurnOf(exchange, viewer.memberId),
  };
};

async function toCards(
  communityId: string,
  rows: readonly Prisma.ExchangeModel[],
  viewer: ExchangeActor,
) {
  const sides = await readSides(communityId, sideIds(rows));
  return rows.map((exchange) => toCard(exchange, sides, viewer));
}

const sideOf = (
  exchange: { giverId: string; receiverId: string },
  memberId: string,
): "giver" | "receiver" | null =>
  exchange.giverId === memberId ? "giver" : exchange.receiverId === memberId ? "receiver" : null;

const mine = (communityId: string, memberId: string) => ({
  communityId,
  OR: [{ giverId: memberId }, { receiverId: memberId }],
});

/** A page of a member's exchanges: the open ones, soonest first, or the ended ones, latest first. */
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
  const ids = shown.map(({ id }) => id);
  return {
    exchanges: await toCards(communityId, shown, viewer),
    /** The exchanges about which the member has unseen notifications. */
    unseen: [...(await unseenExchanges(communityId, viewer.memberId, ids))],
    next: rows.length > page ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** Far more agreed exchanges than a member can have in practice. */
const MAX_AGREED = 500;

/**
 * A member's open exchanges for the home page, by what they wait for. Each query has its own limit, so
 * that proposals from strangers never displace agreed exchanges.
 */
export async function readHomeExchanges(communityId: string, memberId: string, now: Date) {
  const viewer = { memberId, isCoordinator: false };
  const read = async (where: Prisma.ExchangeWhereInput, take: number) => {
    const rows = await db.exchange.findMany({
      where: { AND: [mine(communityId, memberId), where] },
      orderBy: [{ startsAt: "asc" }, { id: "asc" }],
      take,
    });
    return toCards(communityId, rows, viewer);
  };
  const answerable = { in: [...answerableStatuses] };
  const [agreed, toAnswer, waiting] = await Promise.all([
    read({ status: "agreed" }, MAX_AGREED),
    read({ status: answerable, pendingById: { not: memberId } }, MAX_ROWS.waiting),
    read(
      { OR: [{ status: answerable, pendingById: memberId }, { status: "disputed" }] },
      MAX_ROWS.waiting,
    ),
  ]);
  return {
    waitingForMe: [...toAnswer, ...agreed.filter((card) => card.myTurn)].sort(
      (a, b) => a.startsAt.getTime() - b.startsAt.getTime(),
    ),
    /** Agreed, and the start has passed: a side should report how long it took. */
    toReport: agreed.filter((card) => card.startsAt <= now && !card.myTurn),
    coming: agreed.filter((card) => card.startsAt > now && !card.myTurn),
    waitingForOthers: waiting,
  };
}

/**
 * Exchanges that the receiver recorded and whose hours this member, the giver, can still return; the
 * latest first.
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
    orderBy: [{ endedAt: "desc" }, { id: "desc" }],
    take: MAX_ROWS.waiting,
  });
  const sides = await readSides(communityId, sideIds(rows));
  return rows.map((exchange) => ({
    ...toCard(exchange, sides, { memberId, isCoordinator: false }),
    returnableUntil: returnableUntil(exchange, memberId, rules),
  }));
}

/** How many exchanges wait for this member's answer: proposals, requests for another time, reports. */
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

/** How many disputed exchanges this coordinator can resolve: those of which they are not a side. */
export async function countDecisions(communityId: string, memberId: string): Promise<number> {
  return db.exchange.count({
    where: { communityId, status: "disputed", NOT: { OR: mine(communityId, memberId).OR } },
  });
}

/** The community's disputed exchanges, oldest first. */
export async function readDisputed(communityId: string, viewer: ExchangeActor) {
  const rows = await db.exchange.findMany({
    where: { communityId, status: "disputed" },
    orderBy: [{ createdAt: "asc" }],
    take: MAX_ROWS.disputes,
  });
  return toCards(communityId, rows, viewer);
}

/**
 * An exchange with its events and notes, for its two sides and for coordinators; null for everyone else. A
 * coordinator who is not a side gets the notes only while the exchange is disputed. The domain computes the
 * viewer's actions, their deadlines and the automatic outcome; pages only show them.
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
      listing: { select: { id: true, title: true, kind: true } },
      // The latest ones: a negative `take` counts from the end.
      events: { orderBy: { version: "asc" }, take: -MAX_ROWS.events },
      notes: {
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
        include: { member: { select: person } },
        take: -MAX_ROWS.events,
      },
    },
  });
  if (!found) return null;
  const actors = found.events.map(({ memberId }) => memberId);
  const sides = await readSides(communityId, [...sideIds([found]), ...actors]);
  const card = toCard(found, sides, viewer);
  const { version, place, placeNote, pendingById, dueAt, listing, remindedAt, reportedAt } = found;
  const { rescheduleTo, seriesId } = found;
  // Whether the giver has agreed to give other help at the proposed time; only the giver may learn it.
  const isTaken =
    found.status === "proposed" &&
    card.mySide === "giver" &&
    (await isGiverBusy(db, communityId, found));
  const isAuthor = partyOf(found, viewer) === "author";
  const readsNotes = card.mySide !== null || found.status === "disputed";
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
    /** All exchanges of its series, including itself; empty without a series. */
    series: seriesId ? await readSeries(communityId, seriesId, viewer.memberId) : [],
    /** The proposed or agreed minutes; `minutes` are the reported ones after a report. */
    agreedMinutes: found.minutes,
    reportedMinutes: found.reportedMinutes,
    /** Whether the viewer has unseen notifications about it. */
    isUnseen: (await unseenExchanges(communityId, viewer.memberId, [id])).size > 0,
    isOver: isOver(found.status),
    actions: offeredActions(found, viewer, rules, now, isTaken),
    /** The kind of report form: a correction, a report before the arranged time, or one after it. */
    reportMode: ((): "correct" | "early" | "due" => {
      if (found.status === "reported" && isAuthor) return "correct";
      return found.startsAt > now ? "early" : "due";
    })(),
    /** How and when the exchange ends if neither side acts; null when it does not. */
    automaticOutcome: automaticOutcome(found, rules),
    /** The end of the period in which the viewer may return the hours; null when they may not. */
    returnableUntil: returnableUntil(found, viewer.memberId, rules),
    events: found.events.map(
      ({ kind, at, minutes, startsAt, reason, cause, memberId, version: number }) => ({
        number,
        kind: kind as ExchangeEventKind,
        at,
        minutes,
        startsAt,
        reason,
        // Stored as text; the commands write only the domain's values.
        cause: cause as NotHappenedReason | "",
        /** Null for an automatic transition. */
        byId: memberId,
        by: memberId && sides.find(memberId),
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
