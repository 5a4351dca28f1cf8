import type { CommunityId } from "../../domain/community/community";
import type { CommunityRow, MeRow } from "./queries";

/** What a use case inside a community knows about who asks, where and when. */
export type MemberContext = {
  communityId: CommunityId;
  community: CommunityRow;
  me: MeRow;
  now: Date;
};
