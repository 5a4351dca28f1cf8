/** Who sees what of an account. */

/** Whether a member's statement is shown: to themselves and to coordinators. */
export const seesStatement = (
  viewer: { id: string; role: "member" | "coordinator" },
  memberId: string,
): boolean => viewer.id === memberId || viewer.role === "coordinator";
