/**
 * All credentials of a user, and which causes revoke them. credentials.db.test.ts fails when a table
 * or column with a token is missing here.
 */

import {
  type CredentialKind,
  credentialKinds,
  type RevocationCause,
  revocationCauses,
} from "../../domain/identity/credential";
import type { Tx } from "../platform/db/client";
import { env } from "../platform/env";
import type { Locale } from "../platform/i18n/messages";
import { postMail } from "../platform/mail/post-mail";
import { newId } from "../platform/tokens";
import { revocationMail } from "./revocation-mail";

/** The user, and the session that makes the request and is not revoked. */
type Owner = { userId: string; sessionId: string | null; now: Date };

type Credential = {
  /** Table and column in the database. */
  column: string;
  revokedBy: readonly RevocationCause[];
  /** @returns how many were revoked */
  revoke: (tx: Tx, owner: Owner) => Promise<{ count: number }>;
};

export const credentials = {
  /**
   * May belong to a stranger who signed up with the address before its owner did ("pre-hijacked
   * accounts", Sudhodanan and Paverd, 2022).
   */
  password: {
    column: "user.password_hash",
    revokedBy: ["addressVerified"],
    revoke: (tx, { userId }) =>
      tx.user.updateMany({
        where: { id: userId, passwordHash: { not: null } },
        data: { passwordHash: null },
      }),
  },
  session: {
    column: "session.id",
    revokedBy: revocationCauses,
    revoke: (tx, { userId, sessionId, now }) =>
      tx.session.updateMany({
        where: { userId, endedAt: null, ...(sessionId && { NOT: { id: sessionId } }) },
        data: { endedAt: now },
      }),
  },
  signInLink: {
    column: "sign_in_link.token_hash",
    revokedBy: revocationCauses,
    revoke: (tx, { userId, now }) =>
      tx.signInLink.updateMany({
        where: { userId, usedAt: null, expiresAt: { gt: now } },
        data: { usedAt: now },
      }),
  },
  /** The link that confirms a new address. */
  emailChange: {
    column: "email_change.token_hash",
    revokedBy: revocationCauses,
    revoke: (tx, { userId }) => tx.emailChange.deleteMany({ where: { userId } }),
  },
  /** A private URL that shows names and times, and never expires. */
  calendar: {
    column: "calendar_feed.token_hash",
    revokedBy: revocationCauses,
    revoke: (tx, { userId }) => tx.calendarFeed.deleteMany({ where: { userId } }),
  },
  /** An account at the OpenID Connect provider; the owner's changes do not revoke it. */
  provider: {
    column: "identity.subject",
    revokedBy: ["addressVerified"],
    revoke: (tx, { userId }) => tx.identity.deleteMany({ where: { userId } }),
  },
  /** Signs nobody in; only counts wrong passwords separately. */
  device: {
    column: "known_device.token_hash",
    revokedBy: revocationCauses,
    revoke: (tx, { userId, sessionId }) =>
      tx.knownDevice.deleteMany({
        where: { userId, ...(sessionId && { NOT: { sessionId } }) },
      }),
  },
  /** Signs nobody in, but shows what happens; its session ends as well. */
  push: {
    column: "push_subscription.endpoint",
    revokedBy: revocationCauses,
    revoke: (tx, { userId, sessionId }) =>
      tx.pushSubscription.deleteMany({
        where: { userId, ...(sessionId && { NOT: { sessionId } }) },
      }),
  },
} satisfies Record<CredentialKind, Credential>;

/** Tokens and hashes that are no credentials of a user, with their purpose. */
export const otherCredentials: Record<string, string> = {
  "installation.setup_token_hash": "claims an empty installation",
  "invitation.token_hash": "lets people join a community; withdrawn by its coordinators",
  "request_id.content_hash": "tells whether an id comes again with the same content",
  "member_join.address_hash": "counts who joined from one network; opens nothing",
  "push_subscription.p256dh": "encrypts for a browser; deleted with its subscription",
  "push_subscription.auth_secret": "encrypts for a browser; deleted with its subscription",
  "mail_token.sealed":
    "a copy of a link's token until it is sent; worth nothing once the link is used",
};

/** Revoked without a notice: the owner does not notice, or has just requested it. */
const SILENT: CredentialKind[] = ["device", "push"];
const isSilent = (kind: CredentialKind, cause: RevocationCause) =>
  SILENT.includes(kind) || (kind === "session" && cause === "othersSignedOut");

type Notice = {
  locale: Locale;
  /** Null where no address is known to be the owner's. */
  recipient: string | null;
};

/**
 * Revokes the credentials that the cause revokes, and notifies the owner on the next page and by
 * e-mail. Locks the user's row first, so that a sign-in with a credential verified before is refused.
 * @returns the new version of the user's credentials
 */
export async function revokeCredentials(
  tx: Tx,
  owner: Owner,
  cause: RevocationCause,
  notice: Notice,
): Promise<number> {
  const { userId, now } = owner;
  const { credentialVersion } = await tx.user.update({
    where: { id: userId },
    data: { credentialVersion: { increment: 1 } },
    select: { credentialVersion: true },
  });
  const revoked: CredentialKind[] = [];
  for (const kind of credentialKinds) {
    const credential: Credential = credentials[kind];
    if (!credential.revokedBy.includes(cause)) continue;
    const { count } = await credential.revoke(tx, owner);
    if (count > 0 && !isSilent(kind, cause)) revoked.push(kind);
  }
  if (revoked.length > 0) {
    await tx.revocation.create({ data: { id: newId(), userId, cause, revoked, at: now } });
  }
  // Of a new password the owner is always notified, since a stranger may have set it.
  if (notice.recipient && (revoked.length > 0 || cause === "passwordChanged")) {
    const { locale, recipient } = notice;
    const url = `${env().PUBLIC_URL}/settings`;
    const mail = await revocationMail({ locale, cause, revoked, url });
    // Not rate limited: an attacker could use up the limit first and suppress the notice.
    await postMail(tx, { recipient, ...mail }, now);
  }
  return credentialVersion;
}
