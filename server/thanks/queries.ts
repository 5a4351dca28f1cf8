import { canBeThanked, otherSideOf } from "../../domain/thanks/thanks";
import { person } from "../membership/member-name";
import { readSides, sideIds } from "../membership/sides";
import { db } from "../platform/db/client";

const someone = { select: person } as const;
const PAGE_THANKS = 10;
const PAGE_MESSAGES = 30;

/**
 * The thanks on a member's page, the latest first: not hidden, and of exchanges not reversed.
 * @param after the exchange of the last thanks already shown
 */
export async function readThanksFor(
  communityId: string,
  memberId: string,
  now: Date,
  after?: string,
) {
  const where = {
    communityId,
    toMemberId: memberId,
    exchange: { reversedAt: null },
    text: { not: "" },
    hiddenAt: null,
    shownFrom: { lte: now },
  };
  const last = after
    ? await db.thanks.findFirst({ where: { communityId, toMemberId: memberId, exchangeId: after } })
    : null;
  const rows = await db.thanks.findMany({
    where: last
      ? {
          ...where,
          OR: [
            { createdAt: { lt: last.createdAt } },
            { createdAt: last.createdAt, exchangeId: { lt: last.exchangeId } },
          ],
        }
      : where,
    select: {
      exchangeId: true,
      text: true,
      createdAt: true,
      editedAt: true,
      fromMember: someone,
      exchange: { select: { title: true } },
    },
    orderBy: [{ createdAt: "desc" }, { exchangeId: "desc" }],
    take: PAGE_THANKS + 1,
  });
  const shown = rows.slice(0, PAGE_THANKS);
  return {
    thanks: shown.map(({ exchangeId, text, createdAt, editedAt, fromMember, exchange }) => ({
      exchangeId,
      text,
      createdAt,
      editedAt,
      from: fromMember,
      title: exchange.title,
    })),
    next: rows.length > PAGE_THANKS ? (shown.at(-1)?.exchangeId ?? null) : null,
  };
}

/** The thanks for an exchange, for its sides and coordinators; null for other members. */
export async function readWordsOf(
  communityId: string,
  exchangeId: string,
  viewer: { memberId: string; isCoordinator: boolean },
) {
  const { memberId } = viewer;
  const found = await db.exchange.findFirst({
    where: {
      communityId,
      id: exchangeId,
      ...(viewer.isCoordinator ? {} : { OR: [{ giverId: memberId }, { receiverId: memberId }] }),
    },
    select: {
      status: true,
      reversedAt: true,
      giverId: true,
      receiverId: true,
      thanks: {
        where: { text: { not: "" } },
        select: {
          text: true,
          createdAt: true,
          fromMember: someone,
          shownFrom: true,
          hiddenAt: true,
          editedAt: true,
        },
        orderBy: { createdAt: "asc" },
      },
      words: { where: { fromMemberId: memberId }, select: { text: true } },
    },
  });
  if (!found) return null;
  const stands = canBeThanked(found);
  const isSide = [found.giverId, found.receiverId].includes(memberId);
  const thanks = stands ? found.thanks : [];
  return {
    thanks: thanks.map(({ text, createdAt, fromMember, shownFrom, hiddenAt, editedAt }) => ({
      text,
      createdAt,
      editedAt,
      from: fromMember,
      /** For the member who received them: when they become public, and whether they are hidden. */
      mine:
        fromMember.id !== memberId && isSide ? { shownFrom, isHidden: hiddenAt !== null } : null,
    })),
    /** Whether the viewer may write now. */
    canWrite: stands && isSide,
    mine: thanks.find(({ fromMember }) => fromMember.id === memberId)?.text ?? null,
    /** The viewer's private message to the coordinators. */
    myWord: found.words[0]?.text ?? null,
  };
}

/**
 * Private messages to the coordinators, the latest first. A coordinator who is the other side of the
 * exchange does not see the message about it.
 */
export async function readPrivateWords(
  communityId: string,
  readerId: string,
  after?: { exchangeId: string; fromId: string },
) {
  const rows = await db.privateWord.findMany({
    where: {
      communityId,
      OR: [
        { fromMemberId: readerId },
        { exchange: { giverId: { not: readerId }, receiverId: { not: readerId } } },
      ],
    },
    select: {
      exchangeId: true,
      text: true,
      createdAt: true,
      fromMember: someone,
      exchange: { select: { title: true, giverId: true, receiverId: true } },
    },
    orderBy: [{ createdAt: "desc" }, { exchangeId: "desc" }, { fromMemberId: "desc" }],
    take: PAGE_MESSAGES + 1,
    ...(after
      ? {
          cursor: {
            communityId_exchangeId_fromMemberId: {
              communityId,
              exchangeId: after.exchangeId,
              fromMemberId: after.fromId,
            },
          },
          skip: 1,
        }
      : {}),
  });
  const shown = rows.slice(0, PAGE_MESSAGES);
  const last = shown.at(-1);
  const sides = await readSides(communityId, sideIds(shown.map(({ exchange }) => exchange)));
  return {
    words: shown.map(({ exchangeId, text, createdAt, fromMember, exchange }) => ({
      exchangeId,
      text,
      createdAt,
      from: fromMember,
      title: exchange.title,
      about: sides.of(otherSideOf(exchange, fromMember.id)),
    })),
    next:
      rows.length > PAGE_MESSAGES && last
        ? { exchangeId: last.exchangeId, fromId: last.fromMember.id }
        : null,
  };
}
