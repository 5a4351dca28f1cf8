import { openAccount, type Voucher, vouchFor } from "../ledger/commands";
import type { Tx } from "../platform/db/client";
import { newId } from "../platform/tokens";
import type { CommunityRow } from "./queries";

/**
 * Creates a member with the next number and an account, within the caller's transaction. With a
 * voucher, the member has the community's floor and its welcome credit at once; without one, the
 * newcomers' floor until a member vouches for them.
 */
export async function admitMember(
  tx: Tx,
  community: CommunityRow,
  person: { userId: string | null; displayName: string; role: "member" | "coordinator" },
  now: Date,
  voucher: Voucher | null,
) {
  const communityId = community.id;
  const { nextMemberNumber } = await tx.community.update({
    where: { id: communityId },
    data: { nextMemberNumber: { increment: 1 } },
    select: { nextMemberNumber: true },
  });
  const id = newId();
  await openAccount(tx, { communityId, id, kind: "member" });
  const member = await tx.member.create({
    data: {
      communityId,
      id,
      number: nextMemberNumber - 1,
      status: "active",
      about: "",
      languages: [],
      neighbourhood: "",
      contact: "",
      joinedAt: now,
      ...person,
    },
  });
  if (voucher) await vouchFor(tx, { communityId, id }, voucher, now);
  return member;
}
