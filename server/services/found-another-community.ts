import { transaction } from "../db/client";
import { DomainError } from "../domain/errors";
import { type CommunityInput, foundCommunity } from "./found-community";

/**
 * Founds one more community on this installation. Whoever coordinates one here may do so, and
 * becomes its first coordinator.
 * @throws DomainError notAllowed, timeZoneUnknown, regionUnknown
 */
export async function foundAnotherCommunity(
  actor: { userId: string; name: string },
  input: CommunityInput,
  now: Date,
): Promise<{ slug: string }> {
  return transaction(async (tx) => {
    const coordinates = await tx.member.count({
      where: { userId: actor.userId, role: "coordinator", status: "active" },
    });
    if (coordinates === 0) throw new DomainError("notAllowed");
    const founder = { userId: actor.userId, displayName: actor.name };
    const { community } = await foundCommunity(tx, input, founder, now);
    return { slug: community.slug };
  });
}
