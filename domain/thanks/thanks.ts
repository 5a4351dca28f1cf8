/**
 * Words after an exchange: thanks for everybody to read, and a word for the coordinators only.
 * No stars and no marks: people are not rated.
 */

import type { ExchangeStatus } from "../exchange/status";
import { DomainError } from "../kernel/errors";

/** The most that one may write, in characters. */
export const MAX_THANKS = 1000;
export const MAX_PRIVATE_MESSAGE = 2000;

/** Thanks can be reworded for so long, in milliseconds; later they can be taken back only. */
export const EDIT_MS = 24 * 60 * 60 * 1000;

type Exchange = {
  giverId: string;
  receiverId: string;
  status: ExchangeStatus;
  reversedAt: Date | null;
};

/** The other side of an exchange. @throws DomainError notFound for who is neither */
export function otherSideOf(
  { giverId, receiverId }: Pick<Exchange, "giverId" | "receiverId">,
  memberId: string,
): string {
  if (memberId === giverId) return receiverId;
  if (memberId === receiverId) return giverId;
  throw new DomainError("notFound");
}

/** Whether there is something to give thanks for: help that happened, and was not undone. */
export const canBeThanked = ({ status, reversedAt }: Pick<Exchange, "status" | "reversedAt">) =>
  status === "settled" && reversedAt === null;

/**
 * To whom a member's words after an exchange go, or are about.
 * @throws DomainError notFound for who is no side of it, notPossibleNow unless it stands settled
 */
export function thankedBy(exchange: Exchange, memberId: string): string {
  const other = otherSideOf(exchange, memberId);
  if (!canBeThanked(exchange)) throw new DomainError("notPossibleNow");
  return other;
}
