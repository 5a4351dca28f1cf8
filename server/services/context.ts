import type { CommunityRow, MeRow } from "../db/read/membership";
import type { CommunityId } from "../domain/community";

/** What a use case inside a community knows about who asks, where and when. */
export type MemberContext = {
  communityId: CommunityId;
  community: CommunityRow;
  me: MeRow;
  now: Date;
};
