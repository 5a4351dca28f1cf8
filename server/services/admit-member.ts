import type { Tx } from "../db/client";
import type { CommunityRow } from "../db/read/membership";
import { openAccount, postTransfer } from "../db/write/ledger";
import { newId } from "./secret";

/**
 * Makes a person a member: the next number, an account with the community's floor, and the
 * welcome credit from the fund where the community grants one. Within a transaction.
 */
export async function admitMember(
  tx: Tx,
  community: CommunityRow,
  person: { userId: string | null; displayName: string; role: "member" | "coordinator" },
  now: Date,
) {
  const communityId = community.id;
  const { nextMemberNumber } = await tx.community.update({
    where: { id: communityId },
    data: { nextMemberNumber: { increment: 1 } },
    select: { nextMemberNumber: true },
  });
  const id = newId();
  await openAccount(tx, { communityId, id, kind: "member", floor: community.floor, ceiling: null });
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
  if (community.welcomeCredit > 0) {
    await postTransfer(tx, {
      communityId,
      // The member's id is the key: nobody is welcomed twice.
      id,
      kind: "welcome",
      debitAccountId: communityId,
      creditAccountId: id,
      minutes: community.welcomeCredit,
      at: now,
    });
  }
  return member;
}
