import { db } from "../db/client";
import { DomainError } from "../domain/errors";
import { newId } from "./secret";

const DAY = 86_400_000;
/** A session ends by itself after this long, however often it is used. */
export const SESSION_DAYS = 90;
/** And after this long without being used. */
const IDLE_DAYS = 30;
const SEEN_EVERY = 10 * 60_000;

/** Opens a session for a user and gives its id, which the signed cookie names. */
export async function startSession(userId: string, userAgent: string, now: Date): Promise<string> {
  const id = newId();
  await db.session.create({
    data: {
      id,
      userId,
      userAgent: userAgent.slice(0, 300),
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + SESSION_DAYS * DAY),
    },
  });
  return id;
}

/** The person whose living session this is, or null. Read on every request. */
export async function resumeSession(sessionId: string, now: Date) {
  const session = await db.session.findFirst({
    where: {
      ...{ id: sessionId, endedAt: null, expiresAt: { gt: now } },
      lastSeenAt: { gt: new Date(now.getTime() - IDLE_DAYS * DAY) },
    },
    select: {
      lastSeenAt: true,
      user: { select: { id: true, name: true, email: true, language: true } },
    },
  });
  if (!session) return null;
  if (now.getTime() - session.lastSeenAt.getTime() > SEEN_EVERY) {
    await db.session.updateMany({ where: { id: sessionId }, data: { lastSeenAt: now } });
  }
  const { id: userId, ...person } = session.user;
  return { userId, sessionId, ...person };
}

/** Ends one of a user's own sessions. @throws DomainError notFound */
export async function endSession(userId: string, sessionId: string, now: Date): Promise<void> {
  const ended = await db.session.updateMany({
    where: { id: sessionId, userId, endedAt: null },
    data: { endedAt: now },
  });
  if (ended.count === 0) throw new DomainError("notFound");
}

/** Ends every session of a user but one; gives how many. */
export async function endOtherSessions(userId: string, keepId: string, now: Date): Promise<number> {
  const ended = await db.session.updateMany({
    where: { userId, endedAt: null, NOT: { id: keepId } },
    data: { endedAt: now },
  });
  return ended.count;
}
