/** Corrects, in the application's tables, times that a wrong system clock wrote into the future. */

import { nextDue, PROPOSAL_DAYS } from "../../domain/exchange/transitions";
import { scheduleDue } from "../exchange/apply-transition";
import { type ExchangeRow, lockExchange } from "../exchange/rows";
import { CONFIRM_MINUTES } from "../identity/change-email";
import { boundSessions, CLOCK_SKEW_MS } from "../identity/session";
import { db, type Tx, transaction } from "../platform/db/client";
import { boundRates } from "../platform/rate-limit";

const DAY_MS = 86_400_000;

/** Shortens everything that would last longer than its own duration from now. */
export async function boundExpiries(now: Date): Promise<void> {
  const soon = new Date(now.getTime() + CLOCK_SKEW_MS);
  await boundSessions(db, now);
  await boundRates(soon);
  // Ended rather than shortened: the user requests a new link.
  await db.signInLink.updateMany({
    where: { usedAt: null, createdAt: { gt: soon } },
    data: { usedAt: now },
  });
  const latest = new Date(soon.getTime() + CONFIRM_MINUTES * 60_000);
  await db.emailChange.deleteMany({ where: { expiresAt: { gt: latest } } });
  await db.knownDevice.updateMany({
    where: { lastUsedAt: { gt: soon } },
    data: { lastUsedAt: now },
  });
  await db.$executeRaw`
    UPDATE invitation SET expires_at = ${now}::timestamptz + (expires_at - created_at),
      created_at = ${now}::timestamptz
    WHERE created_at > ${soon}::timestamptz`;
  await boundExchanges(now, soon);
}

/** Corrects exchanges with an event in the future, or due later than the longest wait. */
async function boundExchanges(now: Date, soon: Date): Promise<void> {
  const latest = new Date(soon.getTime() + PROPOSAL_DAYS * DAY_MS);
  const found = await db.$queryRaw<Pick<ExchangeRow, "communityId" | "id">[]>`
    SELECT community_id AS "communityId", id FROM exchange
    WHERE greatest(created_at, agreed_at, reported_at, reminded_at, ended_at, reversed_at)
        > ${soon}::timestamptz
      OR (status = 'proposed' AND due_at > ${latest}::timestamptz)`;
  for (const { communityId, id } of found) {
    await transaction(async (tx) => {
      await boundExchange(tx, await lockExchange(tx, communityId, id), now, soon);
    });
  }
}

async function boundExchange(tx: Tx, exchange: ExchangeRow, now: Date, soon: Date): Promise<void> {
  const { communityId, id, remindedAt } = exchange;
  const bounded = <Time extends Date | null>(time: Time) => (time && time > soon ? now : time);
  const times = {
    createdAt: exchange.createdAt > soon ? now : exchange.createdAt,
    agreedAt: bounded(exchange.agreedAt),
    reportedAt: bounded(exchange.reportedAt),
    endedAt: bounded(exchange.endedAt),
    reversedAt: bounded(exchange.reversedAt),
    // A member reminded by the wrong clock is reminded again, with the full time to answer.
    remindedAt: remindedAt && remindedAt > soon ? null : remindedAt,
  };
  const community = await tx.community.findUniqueOrThrow({ where: { id: communityId } });
  const dueAt = nextDue({ ...exchange, ...times }, community, now)?.at ?? null;
  await tx.exchange.update({
    where: { communityId_id: { communityId, id } },
    data: { ...times, dueAt },
  });
  await scheduleDue(tx, { communityId, id, dueAt });
}
