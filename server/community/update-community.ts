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
 * Changes a community's profile and rules. A new floor applies to all members' later promises, not
 * to agreed ones.
 * @throws DomainError timeZoneUnknown, regionUnknown, floorAboveZero, newcomerFloorOutOfRange
 */
export async function updateCommunity(ctx: MemberContext, input: CommunityUpdate): Promise<void> {
  requireRules(input);
  requirePlace(input.timeZone, input.region ?? null);
  const { region, ...profile } = input;
  // The ledger reads the rules from this row, so accounts do not change.
  await transaction(async (tx) => {
    const id = ctx.communityId;
    await lockCommunity(tx, { id });
    await lockCoordinator(tx, ctx);
    await tx.community.update({
      where: { id },
      data: { ...profile, ...(region === undefined ? {} : { region }) },
    });
  });
}
