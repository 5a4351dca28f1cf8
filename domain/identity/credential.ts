/** What opens an account, by name; server/identity/credentials.ts says how each is revoked. */
export const credentialKinds = [
  "password",
  "session",
  "signInLink",
  "emailChange",
  "calendar",
  "provider",
  "device",
] as const;
export type CredentialKind = (typeof credentialKinds)[number];

/** What revokes credentials: from now on the account is of the one who did this. */
export const revocationCauses = [
  "addressVerified",
  "passwordChanged",
  "emailChanged",
  "othersSignedOut",
] as const;
export type RevocationCause = (typeof revocationCauses)[number];

/** After a change of address that nothing confirmed, the address before signs in for so long. */
const FORMER_EMAIL_DAYS = 30;

/**
 * Between which moments the end of such a time lies while it is not over: after now, and no further
 * ahead than it can be, for it may have been written by a clock that was wrong.
 */
export const formerEmailWindow = (now: Date) => ({
  gt: now,
  lte: new Date(now.getTime() + FORMER_EMAIL_DAYS * 86_400_000),
});
