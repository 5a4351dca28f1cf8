import { DomainError } from "../../domain/kernel/errors";
import { EDIT_MS, otherSideOf, thankedBy } from "../../domain/thanks/thanks";
import { lockExchange } from "../exchange/rows";
import type { MemberContext } from "../membership/context";
import { transaction } from "../platform/db/client";
import { requireUnderThanksLimit } from "./limits";

type ThanksInput = { exchangeId: string; text: string };

/**
 * Thanks the other side of a settled exchange. On their page it stands at once when they had a say
 * in the exchange, and otherwise when they let the community's days for an answer pass.
 * @throws DomainError notFound, notPossibleNow, thanksStay
 */
export async function writeThanks(
  ctx: MemberContext,
  { exchangeId, text }: ThanksInput,
): Promise<void> {
  const { communityId, community, me, now } = ctx;
  await transaction(async (tx) => {
    const exchange = await lockExchange(tx, communityId, exchangeId);
    const toMemberId = thankedBy(exchange, me.id);
    await requireUnderThanksLimit(tx, ctx, { exchangeId, toMemberId });
    const key = { communityId, exchangeId, fromMemberId: me.id };
    const where = { communityId_exchangeId_fromMemberId: key };
    const known = await tx.thanks.findUnique({ where });
    if (known?.text === text) return;
    const said = { communityId, exchangeId, memberId: toMemberId };
    const hadASay =
      exchange.agreedAt !== null ||
      (await tx.exchangeEvent.count({
        where: { ...said, kind: { in: ["recorded", "confirmed"] } },
      })) > 0;
    const days = hadASay ? 0 : community.confirmationDays;
    const shownFrom = new Date(now.getTime() + days * DAY);
    if (!known) {
      await tx.thanks.create({ data: { ...key, toMemberId, text, createdAt: now, shownFrom } });
    } else if (known.text === "") {
      // They were taken back while the other hid them: hidden they stay.
      await tx.thanks.update({
        where,
        data: { text, createdAt: now, shownFrom, editedAt: null },
      });
    } else {
      if (now.getTime() - known.createdAt.getTime() > EDIT_MS) throw new DomainError("thanksStay");
      await tx.thanks.update({
        where,
        data: { text, editedAt: now, ...(hadASay ? {} : { shownFrom }) },
      });
    }
  });
}

const DAY = 24 * 60 * 60 * 1000;

/** Erases one's own thanks, whatever became of the exchange. @throws DomainError notFound */
export async function withdrawThanks(
  ctx: MemberContext,
  { exchangeId }: { exchangeId: string },
): Promise<void> {
  const { communityId, me } = ctx;
  const mine = { communityId, exchangeId, fromMemberId: me.id };
  await transaction(async (tx) => {
    otherSideOf(await lockExchange(tx, communityId, exchangeId), me.id);
    // That the other side hid them outlives the words, so that writing them anew shows nothing.
    await tx.thanks.updateMany({ where: { ...mine, hiddenAt: { not: null } }, data: { text: "" } });
    await tx.thanks.deleteMany({ where: { ...mine, hiddenAt: null } });
  });
}

/**
 * Takes thanks that a member received off their page, or puts them there.
 * @throws DomainError notFound
 */
export async function hideThanks(
  { communityId, me, now }: MemberContext,
  { exchangeId, isHidden }: { exchangeId: string; isHidden: boolean },
): Promise<void> {
  await transaction(async (tx) => {
    const mine = { communityId, exchangeId, toMemberId: me.id };
    const found = await tx.thanks.findFirst({ where: { ...mine, text: { not: "" } } });
    if (!found) throw new DomainError("notFound");
    const shownFrom = found.shownFrom > now ? now : found.shownFrom;
    await tx.thanks.updateMany({
      where: mine,
      data: isHidden ? { hiddenAt: now } : { hiddenAt: null, shownFrom },
    });
  });
}

/**
 * Tells the coordinators how an exchange was; nobody else reads it. Written again, the words are
 * changed, and count as new.
 * @throws DomainError notFound, notPossibleNow
 */
export async function shareWithCoordinators(
  ctx: MemberContext,
  { exchangeId, text }: ThanksInput,
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
