import { DomainError } from "../../domain/kernel/errors";
import { transaction } from "../platform/db/client";
import { type CommunityInput, createCommunity, lockFounding } from "./create-community";

/** Milliseconds within which the same name from the same person is the same community. */
const SAME_FOUNDING = 60 * 60_000;

/**
 * Founds one more community on this installation. Whoever coordinates one here may do so, and
 * becomes its first coordinator. Sent twice, it is founded once.
 * @throws DomainError notAllowed, timeZoneUnknown, regionUnknown, foundedDifferently
 */
export async function createAnotherCommunity(
  actor: { userId: string; name: string },
  input: CommunityInput,
  now: Date,
): Promise<{ slug: string }> {
  return transaction(async (tx) => {
    await lockFounding(tx);
    const coordinates = await tx.$queryRaw<object[]>`
      SELECT id FROM member
      WHERE user_id = ${actor.userId}::uuid AND role = 'coordinator' AND status = 'active'
      ORDER BY community_id FOR SHARE`;
    if (coordinates.length === 0) throw new DomainError("notAllowed");
    const same = await tx.community.findFirst({
      where: {
        name: input.name,
        createdAt: { gt: new Date(now.getTime() - SAME_FOUNDING) },
        members: { some: { userId: actor.userId, number: 1 } },
      },
    });
    if (same) {
      const isSame = same.language === input.language && same.timeZone === input.timeZone;
      if (!isSame) throw new DomainError("foundedDifferently", {}, "name");
      return { slug: same.slug };
    }
    const founder = { userId: actor.userId, displayName: actor.name };
    const { community } = await createCommunity(tx, input, founder, now);
    return { slug: community.slug };
  });
}
