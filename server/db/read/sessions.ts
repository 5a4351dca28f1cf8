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
  return db.mail.findMany({ orderBy: { createdAt: "desc" }, take: 100 });
}
