import { DomainError } from "../../domain/kernel/errors";
import { COMMUNITIES, windowOf } from "../../domain/kernel/limits";
import { transaction } from "../platform/db/client";
import { type CommunityInput, createCommunity, lockFounding } from "./create-community";

/** Within this time, the same name from the same user is the same community. */
const DUPLICATE_WINDOW_MS = 60 * 60_000;

/**
 * Creates another community on this installation. The caller must coordinate a community here and
 * becomes the new one's first coordinator. Idempotent within DUPLICATE_WINDOW_MS.
 * @throws DomainError notAllowed, timeZoneUnknown, regionUnknown, foundedDifferently,
 *   tooManyCommunities {max}
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
        createdAt: { gt: new Date(now.getTime() - DUPLICATE_WINDOW_MS) },
        members: { some: { userId: actor.userId, number: 1 } },
      },
    });
    if (same) {
      const isSame = same.language === input.language && same.timeZone === input.timeZone;
      if (!isSame) throw new DomainError("foundedDifferently", {}, "name");
      return { slug: same.slug };
    }
    // Behind lockFounding, so that concurrent requests do not exceed the limit.
    const founded = await tx.community.count({
      where: {
        createdAt: windowOf(COMMUNITIES, now),
        members: { some: { userId: actor.userId, number: 1 } },
      },
    });
    if (founded >= COMMUNITIES.max) {
      throw new DomainError("tooManyCommunities", { max: COMMUNITIES.max });
    }
    const founder = { userId: actor.userId, displayName: actor.name };
    const { community } = await createCommunity(tx, input, founder, now);
    return { slug: community.slug };
  });
}
