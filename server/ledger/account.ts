import { canPromise, floorOf } from "../../domain/community/community";
import { db } from "../platform/db/client";
import type { StatementLine } from "./statement";

/**
 * An account with what it can still promise and what it gave and received, in minutes. The balance is
 * given − received + otherwise: welcome credit, grants, and whatever else is no help.
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
    otherwise: balance - given + received,
  };
}

/** What came to an account and left it by each kind of transfer, in minutes: together its balance. */
export async function readKindsOf(
  communityId: string,
  accountId: string,
): Promise<{ kind: StatementLine["kind"]; minutes: number }[]> {
  return db.$queryRaw`
    SELECT kind, sum(minutes)::integer AS minutes FROM statement
    WHERE community_id = ${communityId}::uuid AND account_id = ${accountId}::uuid
    GROUP BY kind ORDER BY kind`;
}
