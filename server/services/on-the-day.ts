/** What happens on the day itself: somebody is late, or it does not come to pass. Without blame. */
import { DomainError } from "../domain/errors";
import { decideExchange, type MissCause } from "../domain/exchange";
import { type AnswerInput, personOf } from "./answer-exchange";
import type { MemberContext } from "./context";
import { makeMove, moveExchange, requireVersion } from "./exchange-move";

/** Tells the other side that one will be so many minutes late; nothing else changes. */
export const tellLate = (
  ctx: MemberContext,
  { id, version, minutes }: AnswerInput & { minutes: number },
) =>
  moveExchange(ctx, id, (exchange) => {
    const outcome = decideExchange(exchange, "tellLate", personOf(ctx));
    requireVersion(exchange, version);
    const { community: rules, me, now } = ctx;
    const move = { rules, memberId: me.id, now, eventMinutes: minutes };
    return (tx) => makeMove(tx, exchange, outcome, move);
  });

/**
 * Says that agreed help did not happen, once its time has come; the hold is released.
 * @throws DomainError notYetOver before its beginning: then it is called off or moved
 */
export const missExchange = (
  ctx: MemberContext,
  { id, version, cause, reason }: AnswerInput & { cause: MissCause; reason: string },
) =>
  moveExchange(ctx, id, (exchange) => {
    const outcome = decideExchange(exchange, "miss", personOf(ctx));
    requireVersion(exchange, version);
    const { community: rules, me, now } = ctx;
    if (exchange.startsAt > now) throw new DomainError("notYetOver");
    return (tx) => makeMove(tx, exchange, outcome, { rules, memberId: me.id, now, reason, cause });
  });
