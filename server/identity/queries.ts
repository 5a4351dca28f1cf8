import {
  credentialKinds,
  formerEmailWindow,
  revocationCauses,
} from "../../domain/identity/credential";
import { MAX_ROWS } from "../../domain/kernel/limits";
import { db } from "../platform/db/client";
import { env } from "../platform/env";

/** A user's active sessions, the last used first. */
export async function readSessions(userId: string, now: Date) {
  return db.session.findMany({
    where: { userId, endedAt: null, expiresAt: { gt: now } },
    select: { id: true, userAgent: true, createdAt: true, lastSeenAt: true },
    orderBy: { lastSeenAt: "desc" },
    take: MAX_ROWS.sessions,
  });
}

/** How the user signs in: whether by password, and the former address while it still works. */
export async function readSignIn(
  userId: string,
  now: Date,
): Promise<{ hasPassword: boolean; formerEmail: { address: string; until: Date } | null }> {
  const user = await db.user.findUniqueOrThrow({
    where: { id: userId },
    select: { passwordHash: true, formerEmail: true, formerEmailUntil: true },
  });
  const { formerEmail: address, formerEmailUntil: until } = user;
  const { gt, lte } = formerEmailWindow(now);
  const formerEmail = address && until && gt < until && until <= lte ? { address, until } : null;
  return { hasPassword: user.passwordHash !== null, formerEmail };
}

/** All e-mails, newest first, for the demo's mailbox; null outside the demo. */
export async function readMailbox() {
  if (!env().EVENHOUR_DEMO) return null;
  return db.mail.findMany({
    orderBy: { createdAt: "desc" },
    take: 100,
    include: { token: true },
  });
}

/** A user's unread revocation notices, newest first. */
export async function readRevocations(userId: string) {
  const rows = await db.revocation.findMany({
    where: { userId, seenAt: null },
    select: { id: true, cause: true, revoked: true, at: true },
    orderBy: { at: "desc" },
    take: 20,
  });
  // Kinds and causes that this version no longer knows are left out.
  return rows.flatMap(({ cause, revoked, ...row }) => {
    const known = revocationCauses.find((each) => each === cause);
    const kinds = credentialKinds.filter((kind) => revoked.includes(kind));
    return known ? [{ ...row, cause: known, revoked: kinds }] : [];
  });
}
