import { canPromise, floorOf } from "../../domain/community";
import { db } from "../client";

/**
 * An account with what it can still promise and what it gave and received, in minutes.
 * @returns null when there is no such account
 */
export async function readAccount(communityId: string, id: string) {
  const account = await db.account.findUnique({
    where: { communityId_id: { communityId, id } },
    include: { community: { select: { floor: true, newcomerFloor: true } } },
  });
  if (!account) return null;
  const { balance, held, version, given, received } = account;
  const floor = floorOf(account, account.community);
  return {
    id,
    balance,
    held,
    floor,
    transfers: version,
    canPromise: canPromise({ balance, held, floor }),
    /** A member whom nobody has vouched for, with the newcomers' floor. */
    isNewcomer: account.kind === "member" && account.vouchedAt === null && account.floor === null,
    totals: { given, received },
  };
}
