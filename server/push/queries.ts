import type { RecentSignIn } from "../identity/session";
import { db } from "../platform/db/client";
import { vapidKeys } from "./vapid";

/** The devices on which a user receives push, the present one first, and the key for subscribing. */
export async function readPush({ userId, sessionId }: RecentSignIn) {
  const rows = await db.pushSubscription.findMany({
    where: { userId, session: { endedAt: null } },
    orderBy: { createdAt: "desc" },
    select: {
      id: true,
      sessionId: true,
      fullText: true,
      createdAt: true,
      lastSentAt: true,
      session: { select: { userAgent: true } },
    },
  });
  const devices = rows.map(({ session, sessionId: of, ...row }) => ({
    ...row,
    userAgent: session.userAgent,
    isThis: of === sessionId,
  }));
  return {
    key: vapidKeys().publicKey,
    devices: devices.sort((one, other) => Number(other.isThis) - Number(one.isThis)),
  };
}
