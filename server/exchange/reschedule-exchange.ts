/** Another time for what is agreed: one side asks, the other consents. Hours and holds stay. */

import { decideTransition } from "../../domain/exchange/transitions";
import { comingInstant } from "../../domain/kernel/calendar";
import { DomainError } from "../../domain/kernel/errors";
import { isGiverBusy } from "../availability/queries";
import type { MemberContext } from "../membership/context";
import { applyOutcome, requireVersion, transitionExchange } from "./apply-outcome";
import type { ExchangeRow } from "./rows";
import { type AnswerInput, actorOf } from "./simple-transitions";

/**
 * Refuses a time in which the caller, as the giver, is promised elsewhere. When somebody else is
 * the giver nothing is looked up: the answer must not tell when they are busy. They see it
 * themselves when they are asked.
 * @throws DomainError giverBusy, on the field `time`
 */
export async function requireMyTimeFree(
  tx: Parameters<typeof isGiverBusy>[0],
  { communityId, me }: Pick<MemberContext, "communityId" | "me">,
  exchange: { id: string; giverId: string; startsAt: Date; minutes: number },
): Promise<void> {
  if (exchange.giverId !== me.id) return;
  if (await isGiverBusy(tx, communityId, exchange)) throw new DomainError("giverBusy", {}, "time");
}

/**
 * Asks the other side for another time. Until they answer, what is agreed stands.
 * @throws DomainError dateNotReal, dateInPast, dateTooFar, giverBusy (one's own time), and as decideTransition
 */
export async function requestReschedule(
  ctx: MemberContext,
  { id, version, date, time, reason }: AnswerInput & { date: string; time: string; reason: string },
) {
  const { community: rules, me, now } = ctx;
  const rescheduleTo = comingInstant(date, time, rules.timeZone, now);
  return transitionExchange(ctx, id, (exchange) => {
    const outcome = decideTransition(exchange, "requestReschedule", actorOf(ctx));
    requireVersion(exchange, version);
    const { giverId, minutes } = exchange;
    return async (tx) => {
      await requireMyTimeFree(tx, ctx, { id, giverId, minutes, startsAt: rescheduleTo });
      const change = { rescheduleTo, pendingById: me.id };
      return applyOutcome(tx, exchange, outcome, { rules, memberId: me.id, now, change, reason });
    };
  });
}

const answerReschedule =
  (action: "acceptReschedule" | "cancelReschedule") =>
  (ctx: MemberContext, { id, version }: AnswerInput) =>
    transitionExchange(ctx, id, (exchange: ExchangeRow) => {
      const outcome = decideTransition(exchange, action, actorOf(ctx));
      requireVersion(exchange, version);
      const { community: rules, me, now } = ctx;
      const accepted = action === "acceptReschedule" && exchange.rescheduleTo;
      const change = accepted
        ? { startsAt: accepted, rescheduleTo: null, overlapExempt: false }
        : { rescheduleTo: null };
      return (tx) => applyOutcome(tx, exchange, outcome, { rules, memberId: me.id, now, change });
    });

/** Consents to the other time. @throws DomainError giverBusy, timeNotOpen when it has gone meanwhile */
export const acceptReschedule = answerReschedule("acceptReschedule");
/** Leaves it at the time that was agreed; either side may. */
export const cancelReschedule = answerReschedule("cancelReschedule");
