import { transaction } from "../db/client";
import { lockExchange, saveMove } from "../db/write/exchange";
import { reverseTransfer } from "../db/write/ledger";
import { DomainError } from "../domain/errors";
import { partyOf } from "../domain/exchange";
import { type AnswerInput, personOf } from "./answer-exchange";
import type { MemberContext } from "./context";
import { requireVersion } from "./exchange-move";
import { newId } from "./secret";

/**
 * A coordinator undoes a settled exchange: a second transfer moves the hours back and names the
 * first. Nothing is deleted. Who is a side asks another coordinator.
 * @throws DomainError notPossibleNow, alreadyReversed, notAllowed
 */
export async function reverseExchange(ctx: MemberContext, input: AnswerInput & { reason: string }) {
  const { communityId, me, now } = ctx;
  return transaction(async (tx) => {
    const exchange = await lockExchange(tx, communityId, input.id);
    if (partyOf(exchange, personOf(ctx)) !== "coordinator") throw new DomainError("notAllowed");
    if (exchange.status !== "settled") throw new DomainError("notPossibleNow");
    if (exchange.reversedAt) throw new DomainError("alreadyReversed");
    requireVersion(exchange, input.version);
    await reverseTransfer(tx, { communityId, id: newId(), reversesId: exchange.id });
    const moved = await saveMove(
      tx,
      exchange,
      { reversedAt: now },
      {
        kind: "reversed",
        memberId: me.id,
        at: now,
        minutes: exchange.reportedMinutes,
        reason: input.reason,
      },
    );
    return { id: exchange.id, version: moved.version, status: moved.status };
  });
}
