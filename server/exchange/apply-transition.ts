/** Every change of an exchange goes through this file: the domain decides it, one statement saves it. */
import {
  decide,
  type ExchangeRequest,
  type LedgerOperation,
  type Transition,
} from "../../domain/exchange/transitions";
import { DomainError } from "../../domain/kernel/errors";
import { isGiverBusy } from "../availability/queries";
import { readAccount } from "../ledger/account";
import {
  placeHoldSql,
  postTransferSql,
  releaseHoldSql,
  reverseTransferSql,
  translateLedgerErrors,
} from "../ledger/commands";
import { type By, byOf, type MemberContext } from "../membership/context";
import { deliverySql } from "../notification/commands";
import { db, type Tx, withRetry } from "../platform/db/client";
import type { Prisma } from "../platform/db/generated/client";
import { cancelJobSql, enqueueJobSql } from "../platform/jobs/job";
import { newId } from "../platform/tokens";
import { requireUnderStepLimit } from "./limits";
import { type ExchangeRow, readExchange } from "./rows";
import { saveTransition } from "./store";

/** An exchange and the version of it that the member saw. */
export type SeenExchange = { id: string; version: number };

/** The caller as the domain's `decide` expects them. */
export const actorOf = ({ me }: Pick<MemberContext, "me">) => ({
  memberId: me.id,
  isCoordinator: me.role === "coordinator",
});

/**
 * Decides a member's step on the current state of the exchange and saves it. The statement that saves it
 * does nothing if the exchange has changed since it was read. The loop then decides again on the new state,
 * and `exchangeChanged` follows, because the member did not see that version.
 * @throws DomainError as `decide` and `applyTransition`; exchangeChanged when the exchange has changed
 *   since the member saw it; giverBusy when the caller is the giver, asks for another time, and has agreed
 *   to give other help then
 */
export const transitionExchange = (
  ctx: MemberContext,
  { id, version }: SeenExchange,
  request: ExchangeRequest,
): Promise<Pick<ExchangeRow, "id" | "version" | "status">> =>
  withRetry(async () => {
    for (;;) {
      const exchange = await readExchange(db, ctx.communityId, id);
      const { community: rules, now } = ctx;
      const transition = decide(exchange, request, actorOf(ctx), rules, now);
      if (exchange.version !== version) throw new DomainError("exchangeChanged");
      if (request.action === "counter" || request.action === "requestReschedule") {
        const { giverId, minutes } = { ...exchange, ...transition.patch };
        await requireMyTimeFree(db, ctx, { id, giverId, minutes, startsAt: request.startsAt });
      }
      const saved = await applyTransition(db, exchange, transition, byOf(ctx), now);
      if (saved) return { id, version: saved.version, status: saved.status };
    }
  });

/**
 * Refuses a time at which the caller, as the giver, has agreed to give other help. It checks nothing when
 * another member is the giver: the answer must not reveal when that member is busy. The giver sees it on
 * the exchange's page before answering.
 * @throws DomainError giverBusy, on the field `time`
 */
export async function requireMyTimeFree(
  tx: Parameters<typeof isGiverBusy>[0],
  { communityId, me }: Pick<MemberContext, "communityId" | "me">,
  exchange: { id: string; giverId: string; startsAt: Date; minutes: number },
): Promise<void> {
  if (exchange.giverId !== me.id) return;
  if (await isGiverBusy(tx, communityId, exchange)) throw new DomainError("giverBusy", {}, "time");
}

/**
 * Saves what the domain decided in one statement: the exchange, its event, the ledger operations and the
 * job for its due time.
 * @param by who acts; null for an automatic transition
 * @returns null when the exchange has changed since it was read
 * @throws DomainError floorReached, newcomerFloorReached, ceilingReached for the owner of the account,
 *   floorOfReceiver, newcomerFloorOfReceiver, ceilingOfGiver for anyone else (agreeing); giverBusy for the
 *   giver, timeNotOpen for anyone else (agreeing, accepting another time); overrunRefused for the receiver,
 *   overrunOfReceiver for anyone else (settling); tooManySteps
 */
export async function applyTransition(
  tx: Tx,
  exchange: ExchangeRow,
  transition: Transition,
  by: By | null,
  now: Date,
): Promise<ExchangeRow | null> {
  const { patch, event, ledger } = transition;
  const { memberId, actingUserId } = by ?? { memberId: null, actingUserId: null };
  const staysInPlace = patch.status === exchange.status && patch.reversedAt === undefined;
  if (memberId && staysInPlace && exchange.version > 0) {
    await requireUnderStepLimit(tx, exchange, memberId, now);
  }
  const { communityId, id } = exchange;
  const saving = saveTransition(
    tx,
    exchange,
    patch,
    { ...event, memberId, actingUserId, at: now },
    [
      ...ledger.map((operation) => ledgerSql(exchange, operation, now)),
      dueJobSql({ communityId, id, dueAt: patch.dueAt }),
      deliverySql(communityId, { exchangeId: id }, now),
      ...visitJobSql({ ...exchange, ...patch }, now),
    ],
  );
  return translateLedgerErrors(saving).catch(async (error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
    // Only the giver may learn that they are busy.
    if (error.code === "giverBusy" && memberId !== exchange.giverId) {
      throw new DomainError("timeNotOpen", {}, "time");
    }
    if (error.code === "ceilingReached" && memberId !== exchange.giverId) {
      throw new DomainError("ceilingOfGiver");
    }
    if (error.code !== "floorReached") throw error;
    // The agreed minutes can always be settled, so only the minutes beyond them can exceed the floor.
    const isOverrun =
      exchange.agreedAt !== null && ledger.some(({ kind }) => kind === "postTransfer");
    throw await explainFloorRefusal(exchange, memberId, { error, isOverrun });
  });
}

/**
 * The refusal of minutes beyond the receiver's floor. Only the receiver may learn how many minutes are left:
 * they reveal the balance.
 */
async function explainFloorRefusal(
  { communityId, receiverId, minutes: agreed }: ExchangeRow,
  memberId: string | null,
  { error, isOverrun }: { error: DomainError; isOverrun: boolean },
): Promise<DomainError> {
  const isMine = memberId === receiverId;
  if (isOverrun) {
    const values = isMine ? { ...error.values, agreed } : { agreed };
    return new DomainError(isMine ? "overrunRefused" : "overrunOfReceiver", values, "minutes");
  }
  // Reads outside the transaction: after an error, PostgreSQL refuses every further statement in it.
  const account = await readAccount(communityId, receiverId);
  if (isMine) {
    return account?.isNewcomer ? new DomainError("newcomerFloorReached", error.values) : error;
  }
  return new DomainError(account?.isNewcomer ? "newcomerFloorOfReceiver" : "floorOfReceiver");
}

/** The call of the SQL function for a ledger operation. */
function ledgerSql(
  { communityId, id: exchangeId, giverId, receiverId }: ExchangeRow,
  operation: LedgerOperation,
  now: Date,
): Prisma.Sql {
  switch (operation.kind) {
    case "placeHold":
      return placeHoldSql({
        communityId,
        exchangeId,
        accountId: receiverId,
        creditAccountId: giverId,
        minutes: operation.minutes,
      });
    case "releaseHold":
      return releaseHoldSql({ communityId, exchangeId });
    case "postTransfer":
      return postTransferSql({
        communityId,
        // The transfer has the exchange's id, so that a repeated call cannot settle it twice.
        id: exchangeId,
        kind: "exchange",
        debitAccountId: receiverId,
        creditAccountId: giverId,
        minutes: operation.minutes,
        exchangeId,
        at: now,
      });
    case "reverseTransfer":
      return reverseTransferSql({ communityId, id: newId(), reversesId: exchangeId });
  }
}

type Due = Pick<ExchangeRow, "communityId" | "id" | "dueAt">;

/** Enqueues the job for the exchange's due time, or cancels it. */
function dueJobSql({ communityId, id: exchangeId, dueAt }: Due): Prisma.Sql {
  // Another community may have an exchange with this id.
  const key = `exchange:${communityId}:${exchangeId}`;
  if (!dueAt) return cancelJobSql(key);
  const payload = { communityId, exchangeId };
  return enqueueJobSql({ task: "exchange-due", payload, runAt: dueAt, key });
}

/** How long before agreed help its sides are reminded of it. */
export const VISIT_REMINDER_MS = 24 * 60 * 60_000;

/** Enqueues the job that reminds of agreed help the day before, unless it is sooner. */
function visitJobSql(
  {
    communityId,
    id,
    status,
    startsAt,
  }: Pick<ExchangeRow, "communityId" | "id" | "status" | "startsAt">,
  now: Date,
): Prisma.Sql[] {
  const runAt = new Date(startsAt.getTime() - VISIT_REMINDER_MS);
  if (status !== "agreed" || runAt <= now) return [];
  const payload = { communityId, exchangeId: id };
  const key = `visit:${communityId}:${id}`;
  return [enqueueJobSql({ task: "remind-of-visit", payload, runAt, key })];
}

/** Enqueues the job for the exchange's due time, or cancels it. */
export async function scheduleDue(tx: Tx, due: Due): Promise<void> {
  await tx.$executeRaw`SELECT ${dueJobSql(due)}`;
}
