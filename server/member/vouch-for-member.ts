import { vouchFor } from "../ledger/commands";
import type { MemberContext } from "../membership/context";
import { lockCoordinator } from "../membership/locks";
import { transaction } from "../platform/db/client";

/**
 * A coordinator vouches for a member, who then may go down to the community's floor and gets the
 * welcome credit. Vouched for twice is vouched for once.
 * @throws DomainError notFound, notAllowed for oneself
 */
export async function vouchForMember(
  ctx: MemberContext,
  { memberId: id }: { memberId: string },
): Promise<void> {
  const { communityId, me, now } = ctx;
  await transaction(async (tx) => {
    await lockCoordinator(tx, ctx);
    await vouchFor(tx, { communityId, id }, { kind: "approved", byId: me.id }, now);
  });
}
