/** Who sees what of a member. */
import type { MemberStatus } from "./member";

type Viewer = { id: string; role: "member" | "coordinator" };

/** Whether a member's profile and listings are shown: to others only while they take part. */
export const seesMember = (member: { id: string; status: MemberStatus }, viewerId: string) =>
  member.id === viewerId || member.status === "active" || member.status === "paused";

/** Whether a member's balance is shown. */
export const seesBalance = (
  viewer: Viewer,
  memberId: string,
  { balancesVisible }: { balancesVisible: boolean },
): boolean => viewer.id === memberId || viewer.role === "coordinator" || balancesVisible;

/** When a member's contact details are shown: always, or once the two have agreed an exchange. */
export const contactAccess = (viewer: Viewer, memberId: string): "always" | "onceAgreed" =>
  viewer.id === memberId || viewer.role === "coordinator" ? "always" : "onceAgreed";
