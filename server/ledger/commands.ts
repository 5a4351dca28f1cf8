/**
 * The only writers of the ledger. Each calls the SQL function of its name (prisma/sql/) and
 * translates its errors into DomainErrors. Amounts are whole minutes. The functions named …Sql return
 * the call as a fragment, for the statement that saves an exchange's transition.
 */
import { DomainError, type DomainErrorCode } from "../../domain/kernel/errors";
import type { Tx } from "../platform/db/client";
import { Prisma } from "../platform/db/generated/client";
import { sqlStateOf } from "../platform/db/sql-state";

const refusals: Record<string, DomainErrorCode> = {
  EH001: "floorReached",
  EH002: "ceilingReached",
  EH003: "accountClosed",
  EH004: "transferConflict",
  EH005: "notFound",
  EH006: "minutesOutOfRange",
  EH007: "holdNotOpen",
  EH008: "alreadySettled",
  EH009: "alreadyReversed",
  EH011: "notAllowed",
  // The one exclusion constraint: exchange_giver_once.
  "23P01": "giverBusy",
};

/** Translates the errors of a statement that writes to the ledger. @throws DomainError */
export async function translateLedgerErrors<Result>(work: PromiseLike<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const state = sqlStateOf(error);
    const code = state && refusals[state.code];
    if (!code) throw error;
    if (code === "floorReached" || code === "ceilingReached") {
      throw new DomainError(code, { available: Number(state.detail) });
    }
    if (code === "giverBusy") throw new DomainError(code, {}, "time");
    throw new DomainError(code, code === "minutesOutOfRange" ? { max: 1000 } : {});
  }
}

type NewAccount = { communityId: string; id: string; kind: "member" | "fund" };

/** Opens an account at zero; idempotent. */
export const openAccount = (tx: Tx, { communityId, id, kind }: NewAccount) =>
  translateLedgerErrors(tx.$executeRaw`
    SELECT open_account(${communityId}::uuid, ${id}::uuid, ${kind}::account_kind)`);

/** The member who vouches for a new member, the user who acts for them, and how. */
export type Voucher = { actingUserId: string | null } & (
  | { kind: "founder" }
  | { kind: "created" | "approved"; byId: string }
  | { kind: "invited"; byId: string; invitationId: string }
);

/**
 * Vouches for a member, once: their floor becomes the community's, and the fund pays their welcome
 * credit.
 * @throws DomainError notFound, notAllowed
 */
export const vouchFor = (
  tx: Tx,
  member: { communityId: string; id: string },
  voucher: Voucher,
  at: Date,
) => {
  const byId = voucher.kind === "founder" ? member.id : voucher.byId;
  const sourceId = voucher.kind === "invited" ? voucher.invitationId : null;
  return translateLedgerErrors(tx.$executeRaw`
    SELECT vouch_for(${member.communityId}::uuid, ${member.id}::uuid, ${voucher.kind}::vouch_kind,
      ${byId}::uuid, ${sourceId}::uuid, ${at}::timestamptz, ${voucher.actingUserId}::uuid)`);
};

export type NewTransfer = {
  communityId: string;
  id: string;
  kind: "exchange" | "welcome";
  debitAccountId: string;
  creditAccountId: string;
  minutes: number;
  exchangeId?: string;
  /** The time of the entry. */
  at: Date;
};

/**
 * The call that transfers minutes from the debit to the credit account, once per id, and settles the
 * exchange's open hold.
 */
export const postTransferSql = (transfer: NewTransfer): Prisma.Sql => Prisma.sql`
  post_transfer(${transfer.communityId}::uuid, ${transfer.id}::uuid,
    ${transfer.kind}::transfer_kind, ${transfer.debitAccountId}::uuid,
    ${transfer.creditAccountId}::uuid, ${transfer.minutes}::integer,
    ${transfer.exchangeId ?? null}::uuid, ${transfer.at}::timestamptz)`;

/**
 * Transfers minutes.
 * @throws DomainError floorReached {available}, ceilingReached {available}, accountClosed,
 *   transferConflict, alreadySettled, notFound
 */
export const postTransfer = (tx: Tx, transfer: NewTransfer) =>
  translateLedgerErrors(tx.$executeRaw`SELECT ${postTransferSql(transfer)}`);

export type Reversal = { communityId: string; id: string; reversesId: string };

/** The call that reverses a transfer, once, regardless of floor and ceiling. */
export const reverseTransferSql = ({ communityId, id, reversesId }: Reversal): Prisma.Sql =>
  Prisma.sql`reverse_transfer(${communityId}::uuid, ${id}::uuid, ${reversesId}::uuid)`;

/** Reverses a transfer. @throws DomainError alreadyReversed, notFound */
export const reverseTransfer = (tx: Tx, reversal: Reversal) =>
  translateLedgerErrors(tx.$executeRaw`SELECT ${reverseTransferSql(reversal)}`);

export type NewHold = {
  communityId: string;
  exchangeId: string;
  accountId: string;
  creditAccountId: string;
  minutes: number;
};

/** The call that places a hold on a receiver's minutes. */
export const placeHoldSql = (hold: NewHold): Prisma.Sql => Prisma.sql`
  place_hold(${hold.communityId}::uuid, ${hold.exchangeId}::uuid,
    ${hold.accountId}::uuid, ${hold.minutes}::integer, ${hold.creditAccountId}::uuid)`;

/**
 * Places a hold on a receiver's minutes.
 * @throws DomainError floorReached {available}, ceilingReached {available}, accountClosed
 */
export const placeHold = (tx: Tx, hold: NewHold) =>
  translateLedgerErrors(tx.$executeRaw`SELECT ${placeHoldSql(hold)}`);

type HoldOf = { communityId: string; exchangeId: string };

/** The call that releases a hold. */
export const releaseHoldSql = ({ communityId, exchangeId }: HoldOf): Prisma.Sql =>
  Prisma.sql`release_hold(${communityId}::uuid, ${exchangeId}::uuid)`;

/** Releases a hold. @throws DomainError holdNotOpen, notFound */
export const releaseHold = (tx: Tx, hold: HoldOf) =>
  translateLedgerErrors(tx.$executeRaw`SELECT ${releaseHoldSql(hold)}`);
