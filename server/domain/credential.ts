/** What opens an account, by name; server/services/credentials.ts says how each is revoked. */
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
export const revocationCauses = ["addressVerified", "passwordChanged", "emailChanged"] as const;
export type RevocationCause = (typeof revocationCauses)[number];
