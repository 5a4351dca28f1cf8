import { canPromise } from "../../domain/community";
import { db } from "../client";

/**
 * An account with what it can still promise and what it gave and received, in minutes.
 * @returns null when there is no such account
 */
export async function readAccount(communityId: string, id: string) {
  const account = await db.account.findUnique({ where: { communityId_id: { communityId, id } } });
  if (!account) return null;
  const { balance, held, floor, version, given, received } = account;
  return {
    id,
    balance,
    held,
    floor,
    transfers: version,
    canPromise: canPromise(account),
    totals: { given, received },
  };
}
