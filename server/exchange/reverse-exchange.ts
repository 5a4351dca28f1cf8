import { partyOf, returnableUntil } from "../../domain/exchange/transitions";
import { DomainError } from "../../domain/kernel/errors";
import { reverseTransferSql, translateLedgerErrors } from "../ledger/commands";
import type { MemberContext } from "../membership/context";
import { newId } from "../platform/tokens";
import { requireVersion, transitionExchange } from "./apply-outcome";
import { type AnswerInput, actorOf } from "./simple-transitions";
import { saveTransition } from "./store";

/**
 * A coordinator undoes a settled exchange: a second transfer moves the hours back and names the
 * first. Nothing is deleted. Who is a side asks another coordinator.
 * @throws DomainError notPossibleNow, alreadyReversed, notAllowed
 */
export async function reverseExchange(ctx: MemberContext, input: AnswerInput & { reason: string }) {
  const { communityId, me, now } = ctx;
  return transitionExchange(ctx, input.id, (exchange) => {
    if (partyOf(exchange, actorOf(ctx)) !== "coordinator") throw new DomainError("notAllowed");
    if (exchange.status !== "settled") throw new DomainError("notPossibleNow");
    if (exchange.reversedAt) throw new DomainError("alreadyReversed");
    requireVersion(exchange, input.version);
    const event = {
      kind: "reversed" as const,
      memberId: me.id,
      at: now,
      minutes: exchange.reportedMinutes,
      reason: input.reason,
    };
    const call = reverseTransferSql({ communityId, id: newId(), reversesId: exchange.id });
    return (tx) =>
      translateLedgerErrors(saveTransition(tx, exchange, { reversedAt: now }, event, [call]));
  });
}

/**
 * A member returns hours that somebody else's record gave them: the transfer is undone by its
 * mirror image, and what was said of the help is public no more.
 * @throws DomainError notFound, notPossibleNow when both had agreed or the time for it is over,
 *   alreadyReversed
 */
export async function returnExchange(ctx: MemberContext, input: AnswerInput & { reason: string }) {
  const { communityId, community, me, now } = ctx;
  return transitionExchange(ctx, input.id, (exchange) => {
    const party = partyOf(exchange, actorOf(ctx));
    if (party === "stranger") throw new DomainError("notFound");
    if (party === "coordinator") throw new DomainError("notAllowed");
    if (exchange.reversedAt) throw new DomainError("alreadyReversed");
    const until = returnableUntil(exchange, me.id, community);
    if (!until || until <= now) throw new DomainError("notPossibleNow");
    requireVersion(exchange, input.version);
    const event = {
      kind: "returned" as const,
      memberId: me.id,
      at: now,
      minutes: exchange.reportedMinutes,
      reason: input.reason,
    };
    const call = reverseTransferSql({ communityId, id: newId(), reversesId: exchange.id });
    return (tx) =>
      translateLedgerErrors(saveTransition(tx, exchange, { reversedAt: now }, event, [call]));
  });
}
