/**
 * What is read of a member wherever one is shown to others: the name never without the role, so
 * that the coordinator badge can stand beside it.
 */
export const person = {
  id: true,
  number: true,
  displayName: true,
  photoId: true,
  role: true,
} as const;

/** The same where nothing but the name is shown. */
export const named = { displayName: true, role: true } as const;
