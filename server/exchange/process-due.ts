import { decideDue, type ExchangeRules, nextDue } from "../../domain/exchange/transitions";
import { type Tx, transaction } from "../platform/db/client";
import { localeOf } from "../platform/i18n/messages";
import { postNotice } from "../platform/mail/post-mail";
import { applyTransition, scheduleDue } from "./apply-transition";
import { exchangeReminderMail } from "./reminder-mail";
import { type ExchangeRow, lockExchange } from "./rows";

/** For a job that came early or twice: enqueues one at the right time, and corrects a date that is too early. */
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
 * Does to an exchange what its hour demands: remind, expire, settle, or ask the coordinators.
 * A job that is early, late or run twice changes nothing that is not due.
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
      const saved = await applyTransition(tx, exchange, due, { memberId: null, now });
      if (!saved) throw new Error(`Exchange ${exchangeId} changed although it is locked.`);
      return;
    }
    await tx.exchange.update({
      where: { communityId_id: { communityId, id: exchangeId } },
      data: due.reminder,
    });
    await scheduleDue(tx, { communityId, id: exchangeId, dueAt: due.reminder.dueAt });
    // An agreed exchange asks both sides how it went; a report asks the side that has not answered.
    const ids = [exchange.giverId, exchange.receiverId].filter(
      (id) => exchange.status === "agreed" || id !== exchange.pendingById,
    );
    const people = await tx.member.findMany({
      where: { communityId, id: { in: ids } },
      include: { user: { select: { email: true, language: true, emailVerifiedAt: true } } },
    });
    for (const person of people) {
      if (!person.user) continue;
      const mail = await exchangeReminderMail({
        locale: localeOf(person.user.language ?? community.language),
        // Nobody knows whose address an unverified one is: it gets no words of members.
        words: person.user.emailVerifiedAt && { name: person.displayName, title: exchange.title },
        question: exchange.status === "agreed" ? "howDidItGo" : "isItRight",
        path: `/${community.slug}/exchanges/${exchangeId}`,
      });
      await postNotice(tx, { recipient: person.user.email, ...mail }, now);
    }
  });
}
