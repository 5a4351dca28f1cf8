export type MemberStatus = "applied" | "active" | "paused" | "left" | "suspended";

/** Somebody as others see them named. */
export type Named = { displayName: string; role: "member" | "coordinator" };

/**
 * A member's name inside a sentence or a file, where it says in words what the badge says beside a
 * name. Nobody else can take a name with such a word (impersonation.ts).
 */
export const nameText = (
  words: (key: "coordinator", values: { name: string }) => string,
  { displayName, role }: Named,
): string => (role === "coordinator" ? words("coordinator", { name: displayName }) : displayName);
