import { transaction } from "../db/client";
import { vouchFor } from "../db/write/ledger";
import type { MemberContext } from "./context";

/**
 * A coordinator vouches for a member, who then may go down to the community's floor and gets the
 * welcome credit. Vouched for twice is vouched for once.
 * @throws DomainError notFound, notAllowed for oneself
 */
export async function vouchForMember(
  { communityId, me, now }: MemberContext,
  { memberId: id }: { memberId: string },
): Promise<void> {
  await transaction((tx) =>
    vouchFor(tx, { communityId, id }, { kind: "approved", byId: me.id }, now),
  );
}
