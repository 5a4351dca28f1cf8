import { credentialKinds, revocationCauses } from "../../domain/credential";
import { env } from "../../env";
import { db } from "../client";

/** A user's living sessions, the latest used first. */
export async function readSessions(userId: string, now: Date) {
  return db.session.findMany({
    where: { userId, endedAt: null, expiresAt: { gt: now } },
    select: { id: true, userAgent: true, createdAt: true, lastSeenAt: true },
    orderBy: { lastSeenAt: "desc" },
    take: 100,
  });
}

/** Whether the user has a password to sign in with. */
export async function hasPassword(userId: string): Promise<boolean> {
  return (await db.user.count({ where: { id: userId, passwordHash: { not: null } } })) > 0;
}

/** The outbox, newest first, for the demo's letter box; null outside the demo, where mails are private. */
export async function readMailbox() {
  if (!env().EVENHOUR_DEMO) return null;
  return db.mail.findMany({
    orderBy: { createdAt: "desc" },
    take: 100,
    include: { token: true },
  });
}

/** What was revoked of a user's credentials and has not been read, newest first. */
export async function readRevocations(userId: string) {
  const rows = await db.revocation.findMany({
    where: { userId, seenAt: null },
    select: { id: true, cause: true, revoked: true, at: true },
    orderBy: { at: "desc" },
    take: 20,
  });
  // Written by revokeCredentials only; a kind that a later version has given up is left out.
  return rows.flatMap(({ cause, revoked, ...row }) => {
    const known = revocationCauses.find((each) => each === cause);
    const kinds = credentialKinds.filter((kind) => revoked.includes(kind));
    return known ? [{ ...row, cause: known, revoked: kinds }] : [];
  });
}
