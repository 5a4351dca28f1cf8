import { DomainError } from "../../domain/kernel/errors";
import { EDIT_MS, otherSideOf, spokenOf, thankedBy } from "../../domain/thanks/thanks";
import { lockExchange } from "../exchange/rows";
import type { MemberContext } from "../membership/context";
import { notify } from "../notification/commands";
import { transaction } from "../platform/db/client";
import { requireUnderThanksLimit } from "./limits";

type ThanksInput = { exchangeId: string; text: string };

/**
 * Thanks the other side of a settled exchange. The thanks show on their page at once if they agreed
 * to, recorded or confirmed the exchange, and otherwise after the community's days for an answer.
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
    const byThem = { communityId, exchangeId, memberId: toMemberId };
    const tookPart =
      exchange.agreedAt !== null ||
      (await tx.exchangeEvent.count({
        where: { ...byThem, kind: { in: ["recorded", "confirmed"] } },
      })) > 0;
    const days = tookPart ? 0 : community.confirmationDays;
    const shownFrom = new Date(now.getTime() + days * DAY_MS);
    if (!known) {
      await tx.thanks.create({ data: { ...key, toMemberId, text, createdAt: now, shownFrom } });
      const thanked = { memberIds: [toMemberId], by: me.id, at: now };
      await notify(
        tx,
        exchange.communityId,
        { exchangeId: exchange.id },
        { event: "thanked", kind: "thanks", ...thanked },
      );
    } else if (known.text === "") {
      // Withdrawn while hidden by the other side: they stay hidden.
      await tx.thanks.update({
        where,
        data: { text, createdAt: now, shownFrom, editedAt: null },
      });
    } else {
      if (now.getTime() - known.createdAt.getTime() > EDIT_MS) throw new DomainError("thanksStay");
      await tx.thanks.update({
        where,
        data: { text, editedAt: now, ...(tookPart ? {} : { shownFrom }) },
      });
    }
  });
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Deletes the member's own thanks, whatever the exchange's status. @throws DomainError notFound */
export async function withdrawThanks(
  ctx: MemberContext,
  { exchangeId }: { exchangeId: string },
): Promise<void> {
  const { communityId, me } = ctx;
  const mine = { communityId, exchangeId, fromMemberId: me.id };
  await transaction(async (tx) => {
    otherSideOf(await lockExchange(tx, communityId, exchangeId), me.id);
    // Hidden thanks keep an empty row, so that thanks written again stay hidden.
    await tx.thanks.updateMany({ where: { ...mine, hiddenAt: { not: null } }, data: { text: "" } });
    await tx.thanks.deleteMany({ where: { ...mine, hiddenAt: null } });
  });
}

/**
 * Hides thanks from the page of the member who received them, or shows them.
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
 * Saves a private message to the coordinators about an exchange. A second one replaces the first and
 * counts as new.
 * @throws DomainError notFound, notPossibleNow
 */
export async function shareWithCoordinators(
  ctx: MemberContext,
  { exchangeId, text }: ThanksInput,
): Promise<void> {
  const { communityId, me, now } = ctx;
  await transaction(async (tx) => {
    spokenOf(await lockExchange(tx, communityId, exchangeId), me.id);
    const key = { communityId, exchangeId, fromMemberId: me.id };
    await tx.privateWord.upsert({
      where: { communityId_exchangeId_fromMemberId: key },
      create: { ...key, text, createdAt: now },
      update: { text, createdAt: now },
    });
  });
}
