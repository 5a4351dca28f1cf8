/**
 * The columns read of a member who is shown to others: always name and role together, for the
 * coordinator badge.
 */
export const person = {
  id: true,
  number: true,
  displayName: true,
  photoId: true,
  role: true,
} as const;

/** The same where only the name is shown. */
export const named = { displayName: true, role: true } as const;
