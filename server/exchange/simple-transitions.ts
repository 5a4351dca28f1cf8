/** The moves of an exchange that need nothing but a word: yes, no, not after all. */

import { decideTransition, type ExchangeAction } from "../../domain/exchange/transitions";
import {
  DomainError,
  type DomainErrorCode,
  type DomainErrorValues,
} from "../../domain/kernel/errors";
import { requireActive } from "../listing/commands";
import type { MemberContext } from "../membership/context";
import { db } from "../platform/db/client";
import { applyOutcome, requireVersion, transitionExchange } from "./apply-outcome";
import { readExchange } from "./rows";

/** The exchange and the version of it that the person saw. */
export type AnswerInput = { id: string; version: number };

const simpleTransition =
  (action: ExchangeAction) =>
  async (ctx: MemberContext, { id, version, reason = "" }: AnswerInput & { reason?: string }) => {
    if (action === "agree") requireActive(ctx);
    return transitionExchange(ctx, id, (exchange) => {
      const outcome = decideTransition(exchange, action, actorOf(ctx));
      requireVersion(exchange, version);
      const { community: rules, me, now } = ctx;
      return (tx) => applyOutcome(tx, exchange, outcome, { rules, memberId: me.id, now, reason });
    });
  };

/** The person as the domain wants to know them. */
export const actorOf = (ctx: MemberContext) => ({
  memberId: ctx.me.id,
  isCoordinator: ctx.me.role === "coordinator",
});

/** Agrees to the standing proposal; the minutes are held on the receiver's account. */
export const agreeExchange = simpleTransition("agree");
/** Says no to a proposal, kindly. */
export const declineExchange = simpleTransition("decline");
/** Takes back one's own proposal or record. */
export const withdrawExchange = simpleTransition("withdraw");
/** Calls an agreed exchange off; the hold is released. */
export const cancelExchange = simpleTransition("cancel");
/** Confirms what the other side reported; the hours move. */
export const confirmExchange = simpleTransition("confirm");
/** Says that a report is not right; a coordinator helps. */
export const disputeExchange = simpleTransition("dispute");
/** A coordinator ends a dispute without moving hours. */
export const resolveWithoutHours = simpleTransition("resolveWithoutHours");

/** What became of each exchange of a series that somebody agreed to at once. */
export type SeriesAnswer = {
  agreed: string[];
  refused: { id: string; reason: DomainErrorCode; values: DomainErrorValues }[];
};

/**
 * Agrees to exchanges that were proposed as a series, each by itself: what stands against one does
 * not stand against the others.
 * @param seen the exchanges and the versions that the person saw
 * @throws DomainError memberNotActive, notFound, notAllowed
 */
export async function agreeSeries(
  ctx: MemberContext,
  { seen }: { seen: AnswerInput[] },
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

/** What is not one's own is no exchange that could be agreed. */
async function requireSide({ communityId, me }: MemberContext, id: string): Promise<void> {
  const { giverId, receiverId } = await readExchange(db, communityId, id);
  if (me.id === giverId || me.id === receiverId) return;
  throw new DomainError(me.role === "coordinator" ? "notAllowed" : "notFound");
}
