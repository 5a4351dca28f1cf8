/** What every move of an exchange has in common: the lock, the books, the history, the clock. */
import type { Tx } from "../db/client";
import { type ExchangeRow, saveMove } from "../db/write/exchange";
import { cancelJob, enqueueJob } from "../db/write/job";
import { placeHold, postTransfer, releaseHold } from "../db/write/ledger";
import { DomainError } from "../domain/errors";
import { type ExchangeOutcome, type ExchangeRules, isOver, nextDue } from "../domain/exchange";

type Move = {
  rules: ExchangeRules;
  /** Null when time acts. */
  memberId: string | null;
  now: Date;
  /** Changes besides the status: new terms, a report. */
  change?: Partial<
    Pick<
      ExchangeRow,
      "startsAt" | "minutes" | "place" | "placeNote" | "lastById" | "reportedMinutes"
    >
  >;
  reason?: string;
};

/** @throws DomainError exchangeChanged when somebody moved the exchange since it was shown */
export function requireVersion(exchange: ExchangeRow, seen: number): void {
  if (exchange.version !== seen) throw new DomainError("exchangeChanged");
}

/**
 * Carries out an outcome that the domain decided: books first, then the exchange, its history
 * and the job for the hour at which time acts next. The exchange must be locked.
 * @throws DomainError floorReached, ceilingReached (agreeing), overrunRefused (settling)
 */
export async function makeMove(
  tx: Tx,
  exchange: ExchangeRow,
  outcome: ExchangeOutcome,
  { rules, memberId, now, change = {}, reason = "" }: Move,
): Promise<ExchangeRow> {
  const next: ExchangeRow = { ...exchange, ...change, status: outcome.status };
  await moveBooks(tx, next, outcome, now);
  // What moved is what counts from now on: a report that settles by itself may move less.
  if (outcome.transfer !== undefined) next.reportedMinutes = outcome.transfer;
  if (outcome.event === "countered") next.remindedAt = null;
  if (outcome.event === "agreed") next.agreedAt = now;
  if (outcome.event === "reported" || outcome.event === "recorded") {
    next.reportedAt = now;
    next.remindedAt = null;
  }
  if (outcome.event === "agreed") next.remindedAt = null;
  next.endedAt = isOver(next.status) ? now : null;
  next.dueAt = nextDue(next, rules, now)?.at ?? null;
  await scheduleDue(tx, next);
  const { startsAt, minutes, place, placeNote, lastById, reportedMinutes } = next;
  return saveMove(
    tx,
    exchange,
    {
      status: next.status,
      startsAt,
      minutes,
      place,
      placeNote,
      lastById,
      reportedMinutes,
      agreedAt: next.agreedAt,
      reportedAt: next.reportedAt,
      remindedAt: next.remindedAt,
      endedAt: next.endedAt,
      dueAt: next.dueAt,
    },
    {
      kind: outcome.event,
      memberId,
      at: now,
      minutes: outcome.transfer ?? next.reportedMinutes ?? next.minutes,
      startsAt,
      reason,
    },
  );
}

async function moveBooks(
  tx: Tx,
  exchange: ExchangeRow,
  outcome: ExchangeOutcome,
  now: Date,
): Promise<void> {
  const { communityId, id: exchangeId, giverId, receiverId, minutes } = exchange;
  if (outcome.hold === "place") {
    await placeHold(tx, {
      communityId,
      exchangeId,
      accountId: receiverId,
      creditAccountId: giverId,
      minutes,
    });
  }
  if (outcome.hold === "release") await releaseHold(tx, { communityId, exchangeId });
  if (outcome.transfer === undefined) return;
  try {
    await postTransfer(tx, {
      communityId,
      // The exchange's id is the transfer's: it settles once, whoever asks and how often.
      id: exchangeId,
      kind: "exchange",
      debitAccountId: receiverId,
      creditAccountId: giverId,
      minutes: outcome.transfer,
      exchangeId,
      at: now,
    });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "floorReached") throw error;
    if (exchange.agreedAt === null) throw error;
    throw new DomainError("overrunRefused", { ...error.values, agreed: minutes }, "minutes");
  }
}

/** Asks for the job at the exchange's due time, or takes it back. */
export async function scheduleDue(
  tx: Tx,
  { communityId, id: exchangeId, dueAt }: Pick<ExchangeRow, "communityId" | "id" | "dueAt">,
): Promise<void> {
  const key = `exchange:${exchangeId}`;
  if (!dueAt) return cancelJob(tx, key);
  await enqueueJob(tx, {
    task: "exchange-due",
    payload: { communityId, exchangeId },
    runAt: dueAt,
    key,
  });
}
