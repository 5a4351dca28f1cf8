export type MemberStatus = "applied" | "active" | "paused" | "left" | "suspended";

/** A member as named to others. */
export type Named = { displayName: string; role: "member" | "coordinator" };

/**
 * A member's name inside a sentence or a file, where coordinators are marked by a word in place of the
 * badge. Other members cannot use such a word in their names (impersonation.ts).
 */
export const nameText = (
  t: (key: "coordinator", values: { name: string }) => string,
  { displayName, role }: Named,
): string => (role === "coordinator" ? t("coordinator", { name: displayName }) : displayName);
