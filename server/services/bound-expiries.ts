/** Undoes, in our own tables, what a clock that was ahead of time has written. */
import { db } from "../db/client";
import { CONFIRM_MINUTES } from "./change-email";
import { boundSessions, CLOCK_SKEW } from "./session";

/** Brings back to now whatever would otherwise last longer than its own duration. */
export async function boundExpiries(now: Date): Promise<void> {
  const soon = new Date(now.getTime() + CLOCK_SKEW);
  await boundSessions(db, now);
  // A link is asked for again more easily than explained.
  await db.signInLink.updateMany({
    where: { usedAt: null, createdAt: { gt: soon } },
    data: { usedAt: now },
  });
  const latest = new Date(soon.getTime() + CONFIRM_MINUTES * 60_000);
  await db.emailChange.deleteMany({ where: { expiresAt: { gt: latest } } });
  await db.knownDevice.updateMany({
    where: { lastUsedAt: { gt: soon } },
    data: { lastUsedAt: now },
  });
  await db.$executeRaw`
    UPDATE invitation SET expires_at = ${now}::timestamptz + (expires_at - created_at),
      created_at = ${now}::timestamptz
    WHERE created_at > ${soon}::timestamptz`;
}
