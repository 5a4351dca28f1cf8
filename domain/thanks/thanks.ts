/**
 * After an exchange, each side can write thanks, which every member can read, and a private message to
 * the coordinators. There are no ratings.
 */

import type { ExchangeStatus } from "../exchange/status";
import { DomainError } from "../kernel/errors";

/** In characters. */
export const MAX_THANKS = 1000;
export const MAX_PRIVATE_MESSAGE = 2000;

/** Thanks can be edited for this long; later they can only be deleted. */
export const EDIT_MS = 24 * 60 * 60 * 1000;

type Exchange = {
  giverId: string;
  receiverId: string;
  status: ExchangeStatus;
  reversedAt: Date | null;
};

/** The other side of an exchange. @throws DomainError notFound if the member is neither side */
export function otherSideOf(
  { giverId, receiverId }: Pick<Exchange, "giverId" | "receiverId">,
  memberId: string,
): string {
  if (memberId === giverId) return receiverId;
  if (memberId === receiverId) return giverId;
  throw new DomainError("notFound");
}

/** Whether an exchange is settled and not reversed. */
export const canBeThanked = ({ status, reversedAt }: Pick<Exchange, "status" | "reversedAt">) =>
  status === "settled" && reversedAt === null;

/**
 * The account whose help a side of a settled exchange speaks about: in thanks, or to the coordinators.
 * @throws DomainError notFound if the member is neither side, notPossibleNow unless it is settled
 */
export function spokenOf(exchange: Exchange, memberId: string): string {
  const other = otherSideOf(exchange, memberId);
  if (!canBeThanked(exchange)) throw new DomainError("notPossibleNow");
  return other;
}

/**
 * The member whom this member thanks.
 * @throws DomainError as spokenOf; notPossibleNow for the fund, which has no page on which thanks could show
 */
export function thankedBy(exchange: Exchange & { communityId: string }, memberId: string): string {
  const other = spokenOf(exchange, memberId);
  if (other === exchange.communityId) throw new DomainError("notPossibleNow");
  return other;
}
