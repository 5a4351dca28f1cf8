/** The use cases of members and coordinators in an exchange that exists. */
import type { Terms } from "../../domain/exchange/schema";
import type { NotHappenedReason } from "../../domain/exchange/transitions";
import { comingInstant } from "../../domain/kernel/calendar";
import {
  DomainError,
  type DomainErrorCode,
  type DomainErrorValues,
} from "../../domain/kernel/errors";
import { requireMinutes } from "../../domain/kernel/hours";
import { requireActive } from "../listing/commands";
import type { MemberContext } from "../membership/context";
import { db } from "../platform/db/client";
import { type SeenExchange, transitionExchange } from "./apply-transition";
import { readExchange } from "./rows";

type Reasoned = SeenExchange & { reason: string };

/**
 * Proposes other terms, or changes the caller's own proposal. The other side is the next to answer.
 * @throws DomainError memberNotActive, minutesNotAStep, dateNotReal, dateInPast, dateTooFar, giverBusy
 */
export async function counterExchange(ctx: MemberContext, input: SeenExchange & Terms) {
  requireActive(ctx);
  const { community, now } = ctx;
  const { date, time, minutes, place, placeNote } = input;
  requireMinutes(minutes, community.granularity);
  const startsAt = comingInstant(date, time, community.timeZone, now);
  const terms = { startsAt, minutes, place, placeNote };
  return transitionExchange(ctx, input, { action: "counter", ...terms });
}

/** Agrees to the pending proposal; the minutes are held on the receiver's account. @throws memberNotActive */
export async function agreeExchange(ctx: MemberContext, seen: SeenExchange) {
  requireActive(ctx);
  return transitionExchange(ctx, seen, { action: "agree" });
}

/** Declines a proposal. */
export const declineExchange = (ctx: MemberContext, { reason, ...seen }: Reasoned) =>
  transitionExchange(ctx, seen, { action: "decline", reason });

/** Withdraws the caller's own proposal, report or record. */
export const withdrawExchange = (ctx: MemberContext, seen: SeenExchange) =>
  transitionExchange(ctx, seen, { action: "withdraw" });

/** Cancels an agreed exchange; the hold is released. */
export const cancelExchange = (ctx: MemberContext, { reason, ...seen }: Reasoned) =>
  transitionExchange(ctx, seen, { action: "cancel", reason });

/**
 * Reports how many minutes the help took, or corrects the caller's own report. The receiver's report
 * settles the exchange. Either side may report before the arranged time, because they may have met earlier.
 * @throws DomainError minutesNotAStep, overrunRefused
 */
export async function reportExchange(
  ctx: MemberContext,
  input: SeenExchange & { minutes: number },
) {
  requireMinutes(input.minutes, ctx.community.granularity);
  return transitionExchange(ctx, input, { action: "report", minutes: input.minutes });
}

/** Confirms the other side's report; the hours are transferred. */
export const confirmExchange = (ctx: MemberContext, seen: SeenExchange) =>
  transitionExchange(ctx, seen, { action: "confirm" });

/** Disputes the other side's report; a coordinator resolves it. */
export const disputeExchange = (ctx: MemberContext, { reason, ...seen }: Reasoned) =>
  transitionExchange(ctx, seen, { action: "dispute", reason });

/**
 * A coordinator who is neither side resolves a dispute and transfers the minutes that they decide on.
 * @throws DomainError notAllowed, minutesNotAStep, overrunRefused, floorReached
 */
export async function resolveWithHours(
  ctx: MemberContext,
  { minutes, reason, ...seen }: Reasoned & { minutes: number },
) {
  requireMinutes(minutes, ctx.community.granularity);
  return transitionExchange(ctx, seen, { action: "resolveWithHours", minutes, reason });
}

/** A coordinator who is neither side resolves a dispute without a transfer. */
export const resolveWithoutHours = (ctx: MemberContext, { reason, ...seen }: Reasoned) =>
  transitionExchange(ctx, seen, { action: "resolveWithoutHours", reason });

/**
 * Asks the other side for another time. The agreed time stands until they accept.
 * @throws DomainError dateNotReal, dateInPast, dateTooFar, giverBusy (only when the caller is the giver)
 */
export async function requestReschedule(
  ctx: MemberContext,
  { date, time, reason, ...seen }: Reasoned & { date: string; time: string },
) {
  const startsAt = comingInstant(date, time, ctx.community.timeZone, ctx.now);
  return transitionExchange(ctx, seen, { action: "requestReschedule", startsAt, reason });
}

/** Accepts the other time. @throws DomainError giverBusy, timeNotOpen when the giver is busy by now */
export const acceptReschedule = (ctx: MemberContext, seen: SeenExchange) =>
  transitionExchange(ctx, seen, { action: "acceptReschedule" });

/** Drops the request for another time; either side may. The agreed time stands. */
export const cancelReschedule = (ctx: MemberContext, seen: SeenExchange) =>
  transitionExchange(ctx, seen, { action: "cancelReschedule" });

/** Notifies the other side by how many minutes the caller will be late; nothing else changes. */
export const reportDelay = (
  ctx: MemberContext,
  { minutes, ...seen }: SeenExchange & { minutes: number },
) => transitionExchange(ctx, seen, { action: "reportDelay", minutes });

/**
 * Reports that agreed help did not happen; the hold is released.
 * @throws DomainError notYetOver before its start, when the sides cancel or reschedule it instead
 */
export const markNotHappened = (
  ctx: MemberContext,
  { cause, reason, ...seen }: Reasoned & { cause: NotHappenedReason },
) => transitionExchange(ctx, seen, { action: "markNotHappened", cause, reason });

/**
 * A coordinator reverses a settled exchange by a second transfer that references the first; nothing is
 * deleted. A coordinator who is a side of the exchange may not.
 * @throws DomainError notPossibleNow, alreadyReversed, notAllowed
 */
export const reverseExchange = (ctx: MemberContext, { reason, ...seen }: Reasoned) =>
  transitionExchange(ctx, seen, { action: "reverse", reason });

/**
 * A member returns hours that the other side's record gave them. The transfer is reversed, and thanks for
 * the help are no longer public.
 * @throws DomainError notFound, notAllowed, alreadyReversed; notPossibleNow when both sides had agreed, or
 *   when the period for returning hours is over
 */
export const returnExchange = (ctx: MemberContext, { reason, ...seen }: Reasoned) =>
  transitionExchange(ctx, seen, { action: "returnHours", reason });

/** The result for each exchange that `agreeSeries` was called with. */
export type SeriesAnswer = {
  agreed: string[];
  refused: { id: string; reason: DomainErrorCode; values: DomainErrorValues }[];
};

/**
 * Agrees to the exchanges of a series, each in its own transaction: a refused one does not prevent the
 * others.
 * @param seen the exchanges and the versions that the member saw
 * @throws DomainError memberNotActive, notFound, notAllowed
 */
export async function agreeSeries(
  ctx: MemberContext,
  { seen }: { seen: SeenExchange[] },
): Promise<SeriesAnswer> {
  requireActive(ctx);
  // All are checked before the first is agreed, so that a refusal changes nothing.
  for (const { id } of seen) await requireSide(ctx, id);
  const result: SeriesAnswer = { agreed: [], refused: [] };
  for (const each of seen) {
    try {
      await agreeExchange(ctx, each);
      result.agreed.push(each.id);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      result.refused.push({ id: each.id, reason: error.code, values: error.values });
    }
  }
  return result;
}

/** @throws DomainError notFound, notAllowed unless the caller is a side of the exchange */
async function requireSide({ communityId, me }: MemberContext, id: string): Promise<void> {
  const { giverId, receiverId } = await readExchange(db, communityId, id);
  if (me.id === giverId || me.id === receiverId) return;
  throw new DomainError(me.role === "coordinator" ? "notAllowed" : "notFound");
}
