import { transaction } from "../db/client";
import { DomainError } from "../domain/errors";
import { admitMember } from "./admit-member";
import { spendInvitation } from "./invitation";

/**
 * Makes a signed-in person a member, by invitation or where the community is open. Somebody who
 * is a member already stays one and spends no invitation.
 * @throws DomainError notFound, invitationInvalid, notOpenToJoin
 */
export async function joinCommunity(
  actor: { userId: string; name: string },
  input: { community: string; token?: string | undefined },
  now: Date,
): Promise<{ slug: string }> {
  return transaction(async (tx) => {
    // Two clicks in the same instant queue here, and the second finds a member. What is read below
    // is decided on, so nobody changes the rules meanwhile.
    await tx.$queryRaw`
      SELECT 1 FROM "community" WHERE slug = ${input.community} FOR NO KEY UPDATE`;
    const community = await tx.community.findUnique({ where: { slug: input.community } });
    if (!community) throw new DomainError(input.token ? "invitationInvalid" : "notFound");
    const { id: communityId, slug } = community;
    const known = await tx.member.findUnique({
      where: { communityId_userId: { communityId, userId: actor.userId } },
    });
    if (known?.status === "active" || known?.status === "paused") return { slug };
    // Whoever left, was suspended or still waits comes in by a coordinator's hand only.
    if (known) throw new DomainError("notOpenToJoin");
    if (!input.token && community.joining !== "open") throw new DomainError("notOpenToJoin");
    const voucher = input.token ? await spendInvitation(tx, communityId, input.token, now) : null;
    const person = { userId: actor.userId, displayName: actor.name, role: "member" as const };
    await admitMember(tx, community, person, now, voucher);
    return { slug };
  });
}
