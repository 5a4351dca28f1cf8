import type { CommunityId } from "../../domain/community/community";
import type { CommunityRow, MeRow } from "./queries";

/**
 * The caller, the community and the time of a use case. `actor` and `me` are two things: what is stored of
 * an act has both, so that later a user can act for another member.
 */
export type MemberContext = {
  communityId: CommunityId;
  community: CommunityRow;
  /** The user who acts. */
  actor: { userId: string };
  /** The member they act for. */
  me: MeRow;
  now: Date;
};

/** What is stored of who acted: the member, and the user who acted for them. */
export type By = { memberId: string; actingUserId: string | null };

export const byOf = ({ me, actor }: Pick<MemberContext, "me" | "actor">): By => ({
  memberId: me.id,
  actingUserId: actor.userId,
});
