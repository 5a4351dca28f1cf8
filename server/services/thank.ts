import { transaction } from "../db/client";
import { lockExchange } from "../db/write/exchange";
import { otherSideOf, thankedBy } from "../domain/thanks";
import type { MemberContext } from "./context";
import { requireRoomForThanks } from "./member-limits";

type Words = { exchangeId: string; text: string };

/**
 * Thanks the other side of a settled exchange, for the community to read. Written again, the words
 * are changed and the day stays.
 * @throws DomainError notFound, notPossibleNow, tooManyThanks
 */
export async function writeThanks(ctx: MemberContext, { exchangeId, text }: Words): Promise<void> {
  const { communityId, me, now } = ctx;
  await transaction(async (tx) => {
    const toMemberId = thankedBy(await lockExchange(tx, communityId, exchangeId), me.id);
    await requireRoomForThanks(tx, ctx, { exchangeId, toMemberId });
    const key = { communityId, exchangeId, fromMemberId: me.id };
    await tx.thanks.upsert({
      where: { communityId_exchangeId_fromMemberId: key },
      create: { ...key, toMemberId, text, createdAt: now },
      update: { text },
    });
  });
}

/** Erases one's own thanks, whatever became of the exchange. @throws DomainError notFound */
export async function takeBackThanks(
  ctx: MemberContext,
  { exchangeId }: { exchangeId: string },
): Promise<void> {
  const { communityId, me } = ctx;
  await transaction(async (tx) => {
    otherSideOf(await lockExchange(tx, communityId, exchangeId), me.id);
    await tx.thanks.deleteMany({ where: { communityId, exchangeId, fromMemberId: me.id } });
  });
}

/**
 * Tells the coordinators how an exchange was; nobody else reads it. Written again, the words are
 * changed, and count as new.
 * @throws DomainError notFound, notPossibleNow
 */
export async function tellCoordinators(
  ctx: MemberContext,
  { exchangeId, text }: Words,
): Promise<void> {
  const { communityId, me, now } = ctx;
  await transaction(async (tx) => {
    thankedBy(await lockExchange(tx, communityId, exchangeId), me.id);
    const key = { communityId, exchangeId, fromMemberId: me.id };
    await tx.privateWord.upsert({
      where: { communityId_exchangeId_fromMemberId: key },
      create: { ...key, text, createdAt: now },
      update: { text, createdAt: now },
    });
  });
}
