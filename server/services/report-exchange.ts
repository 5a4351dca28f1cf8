import { transaction } from "../db/client";
import { lockExchange } from "../db/write/exchange";
import { decideExchange } from "../domain/exchange";
import { requireMinutes } from "../domain/hours";
import { type AnswerInput, personOf } from "./answer-exchange";
import type { MemberContext } from "./context";
import { makeMove, requireVersion } from "./exchange-move";

/**
 * Says how long the help really took, or corrects one's own report. The payer's word settles.
 * Neighbours who met earlier than arranged may report before the time.
 * @throws DomainError minutesNotAStep, overrunRefused
 */
export async function reportExchange(ctx: MemberContext, input: AnswerInput & { minutes: number }) {
  const { community, now, me } = ctx;
  requireMinutes(input.minutes, community.granularity);
  const { id, minutes } = input;
  return transaction(async (tx) => {
    const exchange = await lockExchange(tx, ctx.communityId, id);
    const outcome = decideExchange(exchange, "report", personOf(ctx), minutes);
    requireVersion(exchange, input.version);
    const moved = await makeMove(tx, exchange, outcome, {
      rules: community,
      memberId: me.id,
      now,
      change: { reportedMinutes: minutes, lastById: me.id },
    });
    return { id, version: moved.version, status: moved.status };
  });
}

/**
 * A coordinator who is neither side ends a dispute by moving the hours that they found right.
 * @throws DomainError notAllowed, minutesNotAStep, overrunRefused, floorReached
 */
export async function awardExchange(
  ctx: MemberContext,
  input: AnswerInput & { minutes: number; reason: string },
) {
  const { community, now, me } = ctx;
  requireMinutes(input.minutes, community.granularity);
  return transaction(async (tx) => {
    const exchange = await lockExchange(tx, ctx.communityId, input.id);
    const outcome = decideExchange(exchange, "award", personOf(ctx), input.minutes);
    requireVersion(exchange, input.version);
    const moved = await makeMove(tx, exchange, outcome, {
      rules: community,
      memberId: me.id,
      now,
      change: { reportedMinutes: input.minutes },
      reason: input.reason,
    });
    return { id: input.id, version: moved.version, status: moved.status };
  });
}
