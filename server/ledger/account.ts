import { canPromise, floorOf } from "../../domain/community/community";
import { db } from "../platform/db/client";
import type { StatementLine } from "./statement";

/**
 * An account, the minutes it can still promise, and its totals. The balance is
 * given − received + otherwise, where `otherwise` is welcome credit and other transfers without help.
 * @returns null for an unknown account
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
    /** A member who is not vouched for and has the newcomers' floor. */
    isNewcomer: account.kind === "member" && account.vouchedAt === null && account.floor === null,
    totals: { given, received },
    otherwise: balance - given + received,
  };
}

/** The signed minutes of an account by kind of transfer; their sum is the balance. */
export async function readKindsOf(
  communityId: string,
  accountId: string,
): Promise<{ kind: StatementLine["kind"]; minutes: number }[]> {
  return db.$queryRaw`
    SELECT kind, sum(minutes)::integer AS minutes FROM statement
    WHERE community_id = ${communityId}::uuid AND account_id = ${accountId}::uuid
    GROUP BY kind ORDER BY kind`;
}
