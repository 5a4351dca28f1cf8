/** The private URL at which calendar programs read a user's exchanges. */

import { lockRecentSignIn, type RecentSignIn } from "../identity/session";
import { db, transaction } from "../platform/db/client";
import { hashToken, newToken } from "../platform/tokens";

/**
 * Makes the URL; a new one replaces the old.
 * @returns the token, of which only the hash is stored
 * @throws DomainError signInFirst when the session was ended meanwhile
 */
export async function renewCalendar(actor: RecentSignIn, now: Date): Promise<{ token: string }> {
  const { userId } = actor;
  const token = newToken();
  const feed = { tokenHash: hashToken(token), createdAt: now };
  await transaction(async (tx) => {
    await lockRecentSignIn(tx, actor);
    await tx.calendarFeed.upsert({ where: { userId }, create: { userId, ...feed }, update: feed });
  });
  return { token };
}

/** Deletes the URL; without one it does nothing. */
export async function stopCalendar(userId: string): Promise<void> {
  await db.calendarFeed.deleteMany({ where: { userId } });
}

/** The owner of a calendar URL and their language; null for an unknown token. */
export async function ownerOfCalendar(
  token: string,
): Promise<{ userId: string; language: string | null } | null> {
  const feed = await db.calendarFeed.findUnique({
    where: { tokenHash: hashToken(token) },
    select: { userId: true, user: { select: { language: true } } },
  });
  return feed && { userId: feed.userId, language: feed.user.language };
}
