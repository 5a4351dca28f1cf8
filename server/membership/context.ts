import type { CommunityId } from "../../domain/community/community";
import type { CommunityRow, MeRow } from "./queries";

/** The caller, the community and the time of a use case. */
export type MemberContext = {
  communityId: CommunityId;
  community: CommunityRow;
  me: MeRow;
  now: Date;
};
