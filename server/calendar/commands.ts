/** The private address under which a calendar reads a person's exchanges. */

import { lockRecentSignIn, type RecentSignIn } from "../identity/session";
import { db, transaction } from "../platform/db/client";
import { hashToken, newToken } from "../platform/tokens";

/**
 * Makes the address, or a new one that ends the old.
 * @returns the token, which is kept nowhere
 * @throws DomainError signInFirst when the session was ended meanwhile
 */
export async function renewCalendar(actor: RecentSignIn, now: Date): Promise<{ token: string }> {
  const { userId } = actor;
  const token = newToken();
  const kept = { tokenHash: hashToken(token), createdAt: now };
  await transaction(async (tx) => {
    await lockRecentSignIn(tx, actor);
    await tx.calendarFeed.upsert({ where: { userId }, create: { userId, ...kept }, update: kept });
  });
  return { token };
}

/** Gives the address up; that there is none is as good. */
export async function stopCalendar(userId: string): Promise<void> {
  await db.calendarFeed.deleteMany({ where: { userId } });
}

/** Whose calendar that is, and the language that they chose; null for nobody's. */
export async function ownerOfCalendar(
  token: string,
): Promise<{ userId: string; language: string | null } | null> {
  const feed = await db.calendarFeed.findUnique({
    where: { tokenHash: hashToken(token) },
    select: { userId: true, user: { select: { language: true } } },
  });
  return feed && { userId: feed.userId, language: feed.user.language };
}
