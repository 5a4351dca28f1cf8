import { decideTransition } from "../../domain/exchange/transitions";
import { requireMinutes } from "../../domain/kernel/hours";
import type { MemberContext } from "../membership/context";
import { applyOutcome, requireVersion, transitionExchange } from "./apply-outcome";
import { type AnswerInput, actorOf } from "./simple-transitions";

/**
 * Says how long the help really took, or corrects one's own report. The payer's word settles.
 * Neighbours who met earlier than arranged may report before the time.
 * @throws DomainError minutesNotAStep, overrunRefused
 */
export async function reportExchange(ctx: MemberContext, input: AnswerInput & { minutes: number }) {
  const { community, now, me } = ctx;
  requireMinutes(input.minutes, community.granularity);
  const { id, minutes } = input;
  return transitionExchange(ctx, id, (exchange) => {
    const outcome = decideTransition(exchange, "report", actorOf(ctx), minutes);
    requireVersion(exchange, input.version);
    const change = { reportedMinutes: minutes, pendingById: me.id };
    const move = { rules: community, memberId: me.id, now, change };
    return (tx) => applyOutcome(tx, exchange, outcome, move);
  });
}

/**
 * A coordinator who is neither side ends a dispute by moving the hours that they found right.
 * @throws DomainError notAllowed, minutesNotAStep, overrunRefused, floorReached
 */
export async function resolveWithHours(
  ctx: MemberContext,
  input: AnswerInput & { minutes: number; reason: string },
) {
  const { community, now, me } = ctx;
  requireMinutes(input.minutes, community.granularity);
  return transitionExchange(ctx, input.id, (exchange) => {
    const outcome = decideTransition(exchange, "resolveWithHours", actorOf(ctx), input.minutes);
    requireVersion(exchange, input.version);
    const change = { reportedMinutes: input.minutes };
    const move = { rules: community, memberId: me.id, now, change, reason: input.reason };
    return (tx) => applyOutcome(tx, exchange, outcome, move);
  });
}
