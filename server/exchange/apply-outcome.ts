/** What every move of an exchange has in common: the lock, the books, the history, the clock. */

import {
  type ExchangeOutcome,
  type ExchangeRules,
  isOver,
  type NotHappenedReason,
  nextDue,
} from "../../domain/exchange/transitions";
import { DomainError } from "../../domain/kernel/errors";
import { readAccount } from "../ledger/account";
import {
  placeHoldSql,
  postTransferSql,
  releaseHoldSql,
  translateLedgerErrors,
} from "../ledger/commands";
import type { MemberContext } from "../membership/context";
import { db, type Tx, withRetry } from "../platform/db/client";
import type { Prisma } from "../platform/db/generated/client";
import { cancelJobSql, enqueueJobSql } from "../platform/jobs/job";
import { requireUnderStepLimit } from "./limits";
import { type ExchangeRow, readExchange } from "./rows";
import { saveTransition } from "./store";

type Move = {
  rules: ExchangeRules;
  /** Null when time acts. */
  memberId: string | null;
  now: Date;
  /** Changes besides the status: new terms, a report. */
  change?: Partial<
    Pick<
      ExchangeRow,
      | "startsAt"
      | "minutes"
      | "place"
      | "placeNote"
      | "pendingById"
      | "reportedMinutes"
      | "rescheduleTo"
      | "overlapExempt"
    >
  >;
  reason?: string;
  cause?: NotHappenedReason;
  /** Minutes that the history names when they are neither agreed nor reported. */
  eventMinutes?: number;
};

/** @throws DomainError exchangeChanged when somebody moved the exchange since it was shown */
export function requireVersion(exchange: ExchangeRow, seen: number): void {
  if (exchange.version !== seen) throw new DomainError("exchangeChanged");
}

/**
 * One person's move. It is decided on what is there and saved, with all that goes with it, by one
 * statement that holds only if nobody moved the exchange in between; else it is decided anew on
 * what is there then, which the version that the person saw no longer fits.
 * @param decide what shall be saved; throws what stands against it
 */
export const transitionExchange = (
  { communityId }: Pick<MemberContext, "communityId">,
  id: string,
  decide: (exchange: ExchangeRow) => (tx: Tx) => Promise<ExchangeRow | null>,
): Promise<Pick<ExchangeRow, "id" | "version" | "status">> =>
  withRetry(async () => {
    for (;;) {
      const save = decide(await readExchange(db, communityId, id));
      const moved = await save(db);
      if (moved) return { id, version: moved.version, status: moved.status };
    }
  });

/**
 * Carries out an outcome that the domain decided: the exchange, its history, the books and the job
 * for the hour at which time acts next, all in one statement.
 * @returns null when somebody else moved the exchange since it was read
 * @throws DomainError floorReached, newcomerFloorReached, newcomerFloorOfReceiver, ceilingReached
 *   (agreeing), giverBusy, for others timeNotOpen (agreeing, moving to another time), overrunRefused
 *   (settling), tooManySteps
 */
export async function applyOutcome(
  tx: Tx,
  exchange: ExchangeRow,
  outcome: ExchangeOutcome,
  { rules, memberId, now, change = {}, reason = "", cause, eventMinutes }: Move,
): Promise<ExchangeRow | null> {
  if (memberId && outcome.status === exchange.status && exchange.version > 0) {
    await requireUnderStepLimit(tx, exchange, memberId, now);
  }
  const next: ExchangeRow = { ...exchange, ...change, status: outcome.status };
  // What moved is what counts from now on: a report that settles by itself may move less.
  if (outcome.transfer !== undefined) next.reportedMinutes = outcome.transfer;
  if (["countered", "rescheduled"].includes(outcome.event)) next.remindedAt = null;
  if (outcome.event === "agreed") next.agreedAt = now;
  if (outcome.event === "reported" || outcome.event === "recorded") {
    next.reportedAt = now;
    next.remindedAt = null;
  }
  if (outcome.event === "agreed") next.remindedAt = null;
  // Another time is asked for of what is agreed, and of nothing else.
  if (next.status !== "agreed") next.rescheduleTo = null;
  next.endedAt = isOver(next.status) ? now : null;
  next.dueAt = nextDue(next, rules, now)?.at ?? null;
  const { startsAt, minutes, place, placeNote, pendingById, reportedMinutes } = next;
  const { rescheduleTo, overlapExempt } = next;
  const saving = saveTransition(
    tx,
    exchange,
    {
      status: next.status,
      startsAt,
      minutes,
      place,
      placeNote,
      pendingById,
      reportedMinutes,
      agreedAt: next.agreedAt,
      reportedAt: next.reportedAt,
      remindedAt: next.remindedAt,
      endedAt: next.endedAt,
      dueAt: next.dueAt,
      rescheduleTo,
      overlapExempt,
    },
    {
      kind: outcome.event,
      memberId,
      at: now,
      minutes: eventMinutes ?? outcome.transfer ?? next.reportedMinutes ?? next.minutes,
      // What a request for another time names is that time.
      startsAt: outcome.event === "rescheduleRequested" ? rescheduleTo : startsAt,
      reason,
      cause,
    },
    [...booksOf(next, outcome, now), dueJob(next)],
  );
  return translateLedgerErrors(saving).catch(async (error: unknown) => {
    // Why the time is not open any more is the giver's own affair.
    const isTimeGone = error instanceof DomainError && error.code === "giverBusy";
    if (isTimeGone && memberId !== exchange.giverId) {
      throw new DomainError("timeNotOpen", {}, "time");
    }
    // What was agreed can always be settled: it is the minutes beyond that have no room.
    const isOverrun = outcome.transfer !== undefined && exchange.agreedAt !== null;
    if (!(error instanceof DomainError) || error.code !== "floorReached") throw error;
    if (!isOverrun) throw await explainFloorRefusal(exchange, memberId, error);
    throw new DomainError(
      "overrunRefused",
      { ...error.values, agreed: exchange.minutes },
      "minutes",
    );
  });
}

/** The refusal of a promise as its reader can act on it: the limit of newcomers ends in its own ways. */
async function explainFloorRefusal(
  { communityId, receiverId }: ExchangeRow,
  memberId: string | null,
  error: DomainError,
): Promise<DomainError> {
  // Beside the transaction, in which PostgreSQL answers nothing after a refusal.
  const account = await readAccount(communityId, receiverId);
  if (!account?.isNewcomer) return error;
  const isMine = memberId === receiverId;
  return new DomainError(
    isMine ? "newcomerFloorReached" : "newcomerFloorOfReceiver",
    error.values,
    error.field,
  );
}

/** What the books have to do for an outcome. */
function booksOf(
  { communityId, id: exchangeId, giverId, receiverId, minutes }: ExchangeRow,
  { hold, transfer }: ExchangeOutcome,
  now: Date,
): Prisma.Sql[] {
  const calls: Prisma.Sql[] = [];
  if (hold === "place") {
    calls.push(
      placeHoldSql({
        communityId,
        exchangeId,
        accountId: receiverId,
        creditAccountId: giverId,
        minutes,
      }),
    );
  }
  if (hold === "release") calls.push(releaseHoldSql({ communityId, exchangeId }));
  if (transfer !== undefined) {
    calls.push(
      postTransferSql({
        communityId,
        // The exchange's id is the transfer's: it settles once, whoever asks and how often.
        id: exchangeId,
        kind: "exchange",
        debitAccountId: receiverId,
        creditAccountId: giverId,
        minutes: transfer,
        exchangeId,
        at: now,
      }),
    );
  }
  return calls;
}

type Due = Pick<ExchangeRow, "communityId" | "id" | "dueAt">;

/** The call that asks for the job at the exchange's due time, or takes it back. */
function dueJob({ communityId, id: exchangeId, dueAt }: Due): Prisma.Sql {
  const key = `exchange:${exchangeId}`;
  if (!dueAt) return cancelJobSql(key);
  const payload = { communityId, exchangeId };
  return enqueueJobSql({ task: "exchange-due", payload, runAt: dueAt, key });
}

/** Asks for the job at the exchange's due time, or takes it back. */
export async function scheduleDue(tx: Tx, due: Due): Promise<void> {
  await tx.$executeRaw`SELECT ${dueJob(due)}`;
}
