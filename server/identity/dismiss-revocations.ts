import { db } from "../platform/db/client";

/** Marks a user's revocation notices as read. */
export async function dismissRevocations(userId: string, now: Date): Promise<void> {
  await db.revocation.updateMany({ where: { userId, seenAt: null }, data: { seenAt: now } });
}
