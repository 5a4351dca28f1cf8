/** The steps of members and coordinators in an exchange, each as the sentence that it implements. */
import type { NotHappenedReason } from "../../domain/exchange/transitions";
import { comingInstant } from "../../domain/kernel/calendar";
import {
  DomainError,
  type DomainErrorCode,
  type DomainErrorValues,
} from "../../domain/kernel/errors";
import { requireMinutes } from "../../domain/kernel/hours";
import type { MeetingPlace } from "../../domain/listing/listing";
import { requireActive } from "../listing/commands";
import type { MemberContext } from "../membership/context";
import { db } from "../platform/db/client";
import { type SeenExchange, transitionExchange } from "./apply-transition";
import { readExchange } from "./rows";

export type Terms = {
  date: string;
  time: string;
  minutes: number;
  place: MeetingPlace;
  placeNote: string;
};
type Reasoned = SeenExchange & { reason: string };

/**
 * Proposes other terms, or changes one's own; then the other side is asked.
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

/** Withdraws one's own proposal, report or record. */
export const withdrawExchange = (ctx: MemberContext, seen: SeenExchange) =>
  transitionExchange(ctx, seen, { action: "withdraw" });

/** Cancels an agreed exchange; the hold is released. */
export const cancelExchange = (ctx: MemberContext, { reason, ...seen }: Reasoned) =>
  transitionExchange(ctx, seen, { action: "cancel", reason });

/**
 * Says how long the help really took, or corrects one's own report. The payer's report settles.
 * Neighbours who met earlier than arranged may report before the time.
 * @throws DomainError minutesNotAStep, overrunRefused
 */
export async function reportExchange(
  ctx: MemberContext,
  input: SeenExchange & { minutes: number },
) {
  requireMinutes(input.minutes, ctx.community.granularity);
  return transitionExchange(ctx, input, { action: "report", minutes: input.minutes });
}

/** Confirms what the other side reported; the hours move. */
export const confirmExchange = (ctx: MemberContext, seen: SeenExchange) =>
  transitionExchange(ctx, seen, { action: "confirm" });

/** Says that a report is not right; a coordinator helps. */
export const disputeExchange = (ctx: MemberContext, { reason, ...seen }: Reasoned) =>
  transitionExchange(ctx, seen, { action: "dispute", reason });

/**
 * A coordinator who is neither side ends a dispute by moving the hours that they found right.
 * @throws DomainError notAllowed, minutesNotAStep, overrunRefused, floorReached
 */
export async function resolveWithHours(
  ctx: MemberContext,
  { minutes, reason, ...seen }: Reasoned & { minutes: number },
) {
  requireMinutes(minutes, ctx.community.granularity);
  return transitionExchange(ctx, seen, { action: "resolveWithHours", minutes, reason });
}

/** A coordinator who is neither side ends a dispute without moving hours. */
export const resolveWithoutHours = (ctx: MemberContext, { reason, ...seen }: Reasoned) =>
  transitionExchange(ctx, seen, { action: "resolveWithoutHours", reason });

/**
 * Asks the other side for another time. Until they answer, what is agreed stands.
 * @throws DomainError dateNotReal, dateInPast, dateTooFar, giverBusy (one's own time)
 */
export async function requestReschedule(
  ctx: MemberContext,
  { date, time, reason, ...seen }: Reasoned & { date: string; time: string },
) {
  const startsAt = comingInstant(date, time, ctx.community.timeZone, ctx.now);
  return transitionExchange(ctx, seen, { action: "requestReschedule", startsAt, reason });
}

/** Accepts the other time. @throws DomainError giverBusy, timeNotOpen when it is taken meanwhile */
export const acceptReschedule = (ctx: MemberContext, seen: SeenExchange) =>
  transitionExchange(ctx, seen, { action: "acceptReschedule" });

/** Leaves the exchange at the time that was agreed; either side may. */
export const cancelReschedule = (ctx: MemberContext, seen: SeenExchange) =>
  transitionExchange(ctx, seen, { action: "cancelReschedule" });

/** Tells the other side by how many minutes one will be late; nothing else changes. */
export const reportDelay = (
  ctx: MemberContext,
  { minutes, ...seen }: SeenExchange & { minutes: number },
) => transitionExchange(ctx, seen, { action: "reportDelay", minutes });

/**
 * Says that agreed help did not happen, once its time has come; the hold is released.
 * @throws DomainError notYetOver before its beginning: then it is cancelled or rescheduled
 */
export const markNotHappened = (
  ctx: MemberContext,
  { cause, reason, ...seen }: Reasoned & { cause: NotHappenedReason },
) => transitionExchange(ctx, seen, { action: "markNotHappened", cause, reason });

/**
 * A coordinator undoes a settled exchange: a second transfer moves the hours back and names the first.
 * Nothing is deleted. A coordinator who is a side asks another one.
 * @throws DomainError notPossibleNow, alreadyReversed, notAllowed
 */
export const reverseExchange = (ctx: MemberContext, { reason, ...seen }: Reasoned) =>
  transitionExchange(ctx, seen, { action: "reverse", reason });

/**
 * A member returns hours that the other side's record gave them: the transfer is undone by its mirror image,
 * and thanks for the help are public no more.
 * @throws DomainError notFound, notAllowed, alreadyReversed, notPossibleNow when both had agreed or the
 *   time for it is over
 */
export const returnExchange = (ctx: MemberContext, { reason, ...seen }: Reasoned) =>
  transitionExchange(ctx, seen, { action: "returnHours", reason });

/** What became of each exchange of a series that a member agreed to at once. */
export type SeriesAnswer = {
  agreed: string[];
  refused: { id: string; reason: DomainErrorCode; values: DomainErrorValues }[];
};

/**
 * Agrees to exchanges that were proposed as a series, each on its own: what prevents one does not prevent
 * the others.
 * @param seen the exchanges and the versions that the member saw
 * @throws DomainError memberNotActive, notFound, notAllowed
 */
export async function agreeSeries(
  ctx: MemberContext,
  { seen }: { seen: SeenExchange[] },
): Promise<SeriesAnswer> {
  requireActive(ctx);
  // Before the first one is agreed, so that a refusal changes nothing.
  for (const { id } of seen) await requireSide(ctx, id);
  const answer: SeriesAnswer = { agreed: [], refused: [] };
  for (const each of seen) {
    try {
      await agreeExchange(ctx, each);
      answer.agreed.push(each.id);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      answer.refused.push({ id: each.id, reason: error.code, values: error.values });
    }
  }
  return answer;
}

/** @throws DomainError notFound, notAllowed unless the caller is a side of the exchange */
async function requireSide({ communityId, me }: MemberContext, id: string): Promise<void> {
  const { giverId, receiverId } = await readExchange(db, communityId, id);
  if (me.id === giverId || me.id === receiverId) return;
  throw new DomainError(me.role === "coordinator" ? "notAllowed" : "notFound");
}
