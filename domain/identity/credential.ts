import { RETENTION_DAYS } from "../privacy/retention";

/** server/identity/credentials.ts has how each kind is revoked. */
export const credentialKinds = [
  "password",
  "session",
  "signInLink",
  "emailChange",
  "calendar",
  "provider",
  "device",
  "push",
] as const;
export type CredentialKind = (typeof credentialKinds)[number];

/** Actions that revoke credentials: the user who takes one controls the account from then on. */
export const revocationCauses = [
  "addressVerified",
  "passwordChanged",
  "emailChanged",
  "othersSignedOut",
] as const;
export type RevocationCause = (typeof revocationCauses)[number];

/** After an unconfirmed change of e-mail address, the former address can still sign in for this long. */
const FORMER_EMAIL_DAYS = RETENTION_DAYS.formerEmail;

/**
 * The range of expiry times that are still valid: after now, and at most FORMER_EMAIL_DAYS ahead. A
 * later one was written by a clock that was wrong.
 */
export const formerEmailWindow = (now: Date) => ({
  gt: now,
  lte: new Date(now.getTime() + FORMER_EMAIL_DAYS * 86_400_000),
});
