/**
 * The one list of what opens an account. "This account is mine now" revokes by it. A table or a
 * column that holds a token and is missing here fails credentials.db.test.ts.
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

/** Whose credentials, and the session by which they ask, which goes on. */
type Owner = { userId: string; sessionId: string | null; now: Date };

type Credential = {
  /** Where the database holds it: table and column. */
  column: string;
  revokedBy: readonly RevocationCause[];
  /** @returns how many there were */
  revoke: (tx: Tx, owner: Owner) => Promise<{ count: number }>;
};

export const credentials = {
  /**
   * May be of whoever signed up with the address before its owner came ("pre-hijacked accounts",
   * Sudhodanan and Paverd, 2022).
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
  /** Its address tells names and hours to whoever knows it, and it never ends by itself. */
  calendar: {
    column: "calendar_feed.token_hash",
    revokedBy: revocationCauses,
    revoke: (tx, { userId }) => tx.calendarFeed.deleteMany({ where: { userId } }),
  },
  /** An account at the OpenID Connect provider; the owner's own stays when they change something. */
  provider: {
    column: "identity.subject",
    revokedBy: ["addressVerified"],
    revoke: (tx, { userId }) => tx.identity.deleteMany({ where: { userId } }),
  },
  /** Opens nothing by itself: its wrong passwords are counted apart. */
  device: {
    column: "known_device.token_hash",
    revokedBy: revocationCauses,
    revoke: (tx, { userId, sessionId }) =>
      tx.knownDevice.deleteMany({
        where: { userId, ...(sessionId && { NOT: { sessionId } }) },
      }),
  },
} satisfies Record<CredentialKind, Credential>;

/** Tokens and hashes that open no account, each with what it is. */
export const otherCredentials: Record<string, string> = {
  "installation.setup_token_hash": "claims an empty installation",
  "invitation.token_hash": "lets people join a community; withdrawn by its coordinators",
  "request_id.content_hash": "tells whether an id comes again with the same content",
  "member_join.address_hash": "counts who joined from one network; opens nothing",
  "mail_token.sealed":
    "a copy of a link's token until it is sent; worth nothing once the link is used",
};

/** Revoked without a word: the owner notices nothing, or has just asked for it. */
const SILENT: CredentialKind[] = ["device"];
const isSilent = (kind: CredentialKind, cause: RevocationCause) =>
  SILENT.includes(kind) || (kind === "session" && cause === "othersSignedOut");

type Notice = {
  locale: Locale /** Null where no address is known to be the owner's. */;
  recipient: string | null;
};

/**
 * Revokes what the cause revokes, and informs the owner on the next page and by e-mail. Takes the
 * lock on the user's row first, so that a sign-in that verified a credential before is refused.
 * @returns the new version of the user's credentials
 */
export async function revokeCredentials(
  tx: Tx,
  owner: Owner,
  cause: RevocationCause,
  told: Notice,
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
  // Of a new password the owner hears in any case: it may not have been they who chose it.
  if (told.recipient && (revoked.length > 0 || cause === "passwordChanged")) {
    const { locale, recipient } = told;
    const url = `${env().PUBLIC_URL}/settings`;
    const mail = await revocationMail({ locale, cause, revoked, url });
    // Whatever went to the address today: else who took the account could use up its e-mails first.
    await postMail(tx, { recipient, ...mail }, now);
  }
  return credentialVersion;
}
