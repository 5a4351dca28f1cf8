/**
 * How long personal data is stored, in days. The code that ends or deletes it uses these constants, the
 * privacy notice shows them, and docs/privacy.md is compared with them.
 */
export const RETENTION_DAYS = {
  /** A session ends this long after the sign-in. */
  session: 90,
  /** A session ends when it was not used for this long. */
  unusedSession: 30,
  /** A device counts as known for this long after its last sign-in. */
  knownDevice: 365,
  /** The previous e-mail address signs in for this long after an unconfirmed change. */
  formerEmail: 30,
  /** A sent e-mail is deleted this long after it was sent. */
  sentMail: 7,
  /** An e-mail that could not be sent is deleted this long after it was written. */
  unsentMail: 30,
  /** The hash of the network address from which a member joined. */
  join: 30,
  /** A notification, seen or not. */
  notification: 180,
} as const;
