import type { ProfileInput } from "../../domain/member/schema";
import { coarse, type Point } from "../../domain/place/distance";
import type { MemberContext } from "../membership/context";
import { lockCommunity, lockMe } from "../membership/locks";
import { requireOwnName, requirePlainNeighbourhood } from "../membership/own-name";
import { transaction } from "../platform/db/client";

/**
 * Changes a member's profile.
 * @throws DomainError nameLikeCoordinator, nameClaimsRole, neighbourhoodClaimsRole
 */
export async function updateProfile(
  ctx: MemberContext,
  { point, ...input }: ProfileInput,
): Promise<void> {
  const { communityId, me } = ctx;
  const languages = [...new Set(input.languages)];
  await transaction(async (tx) => {
    // The community's lock serializes this with the renaming of a coordinator.
    if (input.displayName !== me.displayName) {
      await lockCommunity(tx, { id: communityId });
      if (me.role !== "coordinator") {
        await requireOwnName(tx, communityId, input.displayName, "displayName");
      }
    }
    if (me.role !== "coordinator") {
      await requirePlainNeighbourhood(tx, communityId, input.neighbourhood);
    }
    await lockMe(tx, ctx);
    await tx.member.update({
      where: { communityId_id: { communityId, id: me.id } },
      data: { ...input, languages, ...placeOf(point) },
    });
  });
}

/** Only an approximate location is stored, however exact the input. */
const placeOf = (point: Point | null | undefined) =>
  point === null ? { latitude: null, longitude: null } : point && coarse(point);
