/** The private address under which a calendar reads a person's exchanges. */
import { db } from "../db/client";
import { hashToken, newToken } from "./secret";

/** Makes the address, or a new one that ends the old. @returns the token, which is kept nowhere */
export async function renewCalendar(userId: string, now: Date): Promise<{ token: string }> {
  const token = newToken();
  const kept = { tokenHash: hashToken(token), createdAt: now };
  await db.calendarFeed.upsert({ where: { userId }, create: { userId, ...kept }, update: kept });
  return { token };
}

/** Gives the address up; that there is none is as good. */
export async function stopCalendar(userId: string): Promise<void> {
  await db.calendarFeed.deleteMany({ where: { userId } });
}

/** Whose calendar that is, or null. */
export async function ownerOfCalendar(token: string): Promise<string | null> {
  const feed = await db.calendarFeed.findUnique({ where: { tokenHash: hashToken(token) } });
  return feed?.userId ?? null;
}
