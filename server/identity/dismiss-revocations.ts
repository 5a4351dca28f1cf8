import { db } from "../platform/db/client";

/** Notes that a user has read what was revoked. */
export async function dismissRevocations(userId: string, now: Date): Promise<void> {
  await db.revocation.updateMany({ where: { userId, seenAt: null }, data: { seenAt: now } });
}
