import { db } from "../db/client";
import { isTimeZone } from "../domain/calendar";
import { type CommunityRules, requireRules } from "../domain/community";
import { DomainError } from "../domain/errors";
import type { MemberContext } from "./context";

export type CommunityUpdate = CommunityRules & {
  name: string;
  about: string;
  language: string;
  timeZone: string;
  joining: "invitation" | "open";
};

/**
 * Changes a community's face and rules. A new floor counts for every member's account at once;
 * it gates promises from now on and takes nothing back.
 * @throws DomainError timeZoneUnknown, floorAboveZero, newcomerFloorOutOfRange
 */
export async function updateCommunity(ctx: MemberContext, input: CommunityUpdate): Promise<void> {
  requireRules(input);
  if (!isTimeZone(input.timeZone)) throw new DomainError("timeZoneUnknown", {}, "timeZone");
  // The rules stand in this one row; the books read them there, so no account is touched.
  await db.community.update({ where: { id: ctx.communityId }, data: input });
}
