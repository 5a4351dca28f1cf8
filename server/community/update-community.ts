import { type CommunityRules, requireRules } from "../../domain/community/community";
import type { MemberContext } from "../membership/context";
import { lockCommunity, lockCoordinator } from "../membership/locks";
import { transaction } from "../platform/db/client";
import { requirePlace } from "./create-community";

export type CommunityUpdate = CommunityRules & {
  name: string;
  about: string;
  language: string;
  timeZone: string;
  region?: string | null | undefined;
  joining: "invitation" | "open";
};

/**
 * Changes a community's face and rules. A new floor counts for every member's account at once;
 * it gates promises from now on and takes nothing back.
 * @throws DomainError timeZoneUnknown, regionUnknown, floorAboveZero, newcomerFloorOutOfRange
 */
export async function updateCommunity(ctx: MemberContext, input: CommunityUpdate): Promise<void> {
  requireRules(input);
  requirePlace(input.timeZone, input.region ?? null);
  const { region, ...face } = input;
  // The rules stand in this one row; the books read them there, so no account is touched.
  await transaction(async (tx) => {
    const id = ctx.communityId;
    await lockCommunity(tx, { id });
    await lockCoordinator(tx, ctx);
    await tx.community.update({
      where: { id },
      data: { ...face, ...(region === undefined ? {} : { region }) },
    });
  });
}
