import { vouchFor } from "../ledger/commands";
import type { MemberContext } from "../membership/context";
import { lockCoordinator } from "../membership/locks";
import { transaction } from "../platform/db/client";

/**
 * A coordinator vouches for a member, who then has the community's floor and gets the welcome
 * credit. Idempotent.
 * @throws DomainError notFound, notAllowed for the coordinator themselves
 */
export async function vouchForMember(
  ctx: MemberContext,
  { memberId: id }: { memberId: string },
): Promise<void> {
  const { communityId, me, actor, now } = ctx;
  await transaction(async (tx) => {
    await lockCoordinator(tx, ctx);
    const voucher = { kind: "approved" as const, byId: me.id, actingUserId: actor.userId };
    await vouchFor(tx, { communityId, id }, voucher, now);
  });
}
