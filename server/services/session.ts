import { db } from "../db/client";
import type { Session, User } from "../db/generated/client";
import { DomainError } from "../domain/errors";
import type { Reader } from "../domain/region";
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

type Resumed = Pick<Session, "lastSeenAt" | "userId"> &
  Pick<User, "name" | "email" | "language"> & { reader: Reader };

/** The person whose living session this is, or null. Read on every request. */
export async function resumeSession(sessionId: string, now: Date) {
  const usedSince = new Date(now.getTime() - IDLE_DAYS * DAY);
  // By hand, since Prisma would ask for the person by a second statement, each time.
  const [session] = await db.$queryRaw<Resumed[]>`
    SELECT session.last_seen_at AS "lastSeenAt", person.id AS "userId", person.name, person.email,
      person.language, jsonb_build_object(
        'clock', person.clock, 'firstDay', person.first_day,
        'communities', coalesce((
          SELECT jsonb_agg(jsonb_build_object(
            'slug', community.slug, 'region', community.region, 'timeZone', community.time_zone
          ) ORDER BY member.joined_at, community.slug)
          FROM member JOIN community ON community.id = member.community_id
          WHERE member.user_id = person.id AND member.status IN ('active', 'paused')
        ), '[]')
      ) AS reader
    FROM session JOIN "user" AS person ON person.id = session.user_id
    WHERE session.id = ${sessionId}::uuid AND session.ended_at IS NULL
      AND session.expires_at > ${now}::timestamptz
      AND session.last_seen_at > ${usedSince}::timestamptz`;
  if (!session) return null;
  const { lastSeenAt, ...person } = session;
  if (now.getTime() - lastSeenAt.getTime() > SEEN_EVERY) {
    await db.session.updateMany({ where: { id: sessionId }, data: { lastSeenAt: now } });
  }
  return { sessionId, ...person };
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
