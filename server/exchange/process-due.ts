import { decideDue, type ExchangeRules, nextDue } from "../../domain/exchange/transitions";
import { notify } from "../notification/commands";
import { type Tx, transaction } from "../platform/db/client";
import { applyTransition, scheduleDue } from "./apply-transition";
import { type ExchangeRow, lockExchange } from "./rows";

/** After a job that ran early or twice: corrects a stored due time that is too early, and enqueues the next job. */
async function rescheduleDue(
  tx: Tx,
  exchange: ExchangeRow,
  rules: ExchangeRules,
  now: Date,
): Promise<void> {
  const { communityId, id, dueAt } = exchange;
  const isPast = dueAt !== null && dueAt <= now;
  const dueDate = isPast ? (nextDue(exchange, rules, exchange.createdAt)?.at ?? null) : dueAt;
  if (isPast) {
    await tx.exchange.update({
      where: { communityId_id: { communityId, id } },
      data: { dueAt: dueDate },
    });
  }
  await scheduleDue(tx, { ...exchange, dueAt: dueDate });
}

/**
 * Carries out what is due on an exchange: a reminder, expiry, settlement, or a dispute for the coordinators.
 * A job that runs early, late or twice changes nothing that is not due.
 */
export async function processDueExchange(
  { communityId, exchangeId }: { communityId: string; exchangeId: string },
  now: Date,
): Promise<void> {
  await transaction(async (tx) => {
    const exchange = await lockExchange(tx, communityId, exchangeId);
    const community = await tx.community.findUniqueOrThrow({ where: { id: communityId } });
    const due = decideDue(exchange, community, now);
    if (!due) return rescheduleDue(tx, exchange, community, now);
    if (due.action !== "remind") {
      const saved = await applyTransition(tx, exchange, due, null, now);
      if (!saved) throw new Error(`Exchange ${exchangeId} changed although it is locked.`);
      return;
    }
    await tx.exchange.update({
      where: { communityId_id: { communityId, id: exchangeId } },
      data: due.reminder,
    });
    await scheduleDue(tx, { communityId, id: exchangeId, dueAt: due.reminder.dueAt });
    // For an agreed exchange both sides get the reminder; for a report, the side that has not answered.
    const ids = [exchange.giverId, exchange.receiverId].filter(
      (id) => exchange.status === "agreed" || id !== exchange.pendingById,
    );
    await notify(
      tx,
      exchange.communityId,
      { exchangeId: exchange.id },
      {
        event: "reminded",
        kind: "needed",
        memberIds: ids,
        by: null,
        at: now,
      },
    );
  });
}
