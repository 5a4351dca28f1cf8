import { openAccount, type Voucher, vouchFor } from "../ledger/commands";
import type { Tx } from "../platform/db/client";
import { newId } from "../platform/tokens";
import type { CommunityRow } from "./queries";

/**
 * Makes a person a member: the next number and an account. Whoever is vouched for has the
 * community's floor at once, and the welcome credit where the community grants one; others have the
 * newcomers' floor until somebody vouches for them. Within a transaction.
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
