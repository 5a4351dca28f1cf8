/** Who sees a member. */

export type MemberStatus = "applied" | "active" | "paused" | "left" | "suspended";

/** Whether a member's face and listings are shown to another: while they take part. */
export const seesMember = (member: { id: string; status: MemberStatus }, viewerId: string) =>
  member.id === viewerId || member.status === "active" || member.status === "paused";
