import { transaction } from "../db/client";
import { setLimits } from "../db/write/ledger";
import { type CommunityRules, requireRules } from "../domain/community";
import type { MemberContext } from "./context";
import { requirePlace } from "./found-community";

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
 * @throws DomainError timeZoneUnknown, regionUnknown, floorAboveZero
 */
export async function updateCommunity(ctx: MemberContext, input: CommunityUpdate): Promise<void> {
  requireRules(input);
  requirePlace(input.timeZone, input.region ?? null);
  const { communityId } = ctx;
  const { region, ...face } = input;
  await transaction(async (tx) => {
    const before = await tx.community.findUniqueOrThrow({ where: { id: communityId } });
    await tx.community.update({
      where: { id: communityId },
      data: { ...face, ...(region === undefined ? {} : { region }) },
    });
    if (before.floor === input.floor) return;
    const accounts = await tx.account.findMany({
      where: { communityId, kind: "member" },
      // The order in which every function of the books locks accounts.
      orderBy: { id: "asc" },
    });
    for (const { id, ceiling } of accounts) {
      await setLimits(tx, { communityId, id, floor: input.floor, ceiling });
    }
  });
}
