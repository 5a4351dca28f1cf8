/** What happens on the day itself: somebody is late, or it does not come to pass. Without blame. */

import { decideTransition, type NotHappenedReason } from "../../domain/exchange/transitions";
import { DomainError } from "../../domain/kernel/errors";
import type { MemberContext } from "../membership/context";
import { applyOutcome, requireVersion, transitionExchange } from "./apply-outcome";
import { type AnswerInput, actorOf } from "./simple-transitions";

/** Tells the other side that one will be so many minutes late; nothing else changes. */
export const reportDelay = (
  ctx: MemberContext,
  { id, version, minutes }: AnswerInput & { minutes: number },
) =>
  transitionExchange(ctx, id, (exchange) => {
    const outcome = decideTransition(exchange, "reportDelay", actorOf(ctx));
    requireVersion(exchange, version);
    const { community: rules, me, now } = ctx;
    const move = { rules, memberId: me.id, now, eventMinutes: minutes };
    return (tx) => applyOutcome(tx, exchange, outcome, move);
  });

/**
 * Says that agreed help did not happen, once its time has come; the hold is released.
 * @throws DomainError notYetOver before its beginning: then it is called off or moved
 */
export const markNotHappened = (
  ctx: MemberContext,
  { id, version, cause, reason }: AnswerInput & { cause: NotHappenedReason; reason: string },
) =>
  transitionExchange(ctx, id, (exchange) => {
    const outcome = decideTransition(exchange, "markNotHappened", actorOf(ctx));
    requireVersion(exchange, version);
    const { community: rules, me, now } = ctx;
    if (exchange.startsAt > now) throw new DomainError("notYetOver");
    return (tx) =>
      applyOutcome(tx, exchange, outcome, { rules, memberId: me.id, now, reason, cause });
  });
