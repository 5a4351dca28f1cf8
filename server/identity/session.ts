import { DomainError } from "../../domain/kernel/errors";
import type { Reader } from "../../domain/kernel/region";
import { RETENTION_DAYS } from "../../domain/privacy/retention";
import { db, type Tx, transaction } from "../platform/db/client";
import type { Session, User } from "../platform/db/generated/client";
import { type Locale, localeOf } from "../platform/i18n/messages";
import { hashToken, newId } from "../platform/tokens";
import { revokeCredentials } from "./credentials";

const DAY_MS = 86_400_000;
/** The longest life of a session, however often it is used. */
export const SESSION_DAYS = RETENTION_DAYS.session;
/** A session ends when unused for this long. */
const IDLE_DAYS = RETENTION_DAYS.unusedSession;
/** How often the last use is recorded. */
const SEEN_INTERVAL_MS = 10 * 60_000;
/** How far the clocks of several instances may differ, in milliseconds. */
export const CLOCK_SKEW_MS = 60_000;
/** How long a sign-in re-authenticates a user without a password. */
const FRESH_MS = 15 * 60_000;

/** A signed-in user and their session. */
export type RecentSignIn = { userId: string; sessionId: string };

/**
 * A user whose credential was verified, and the version of their credentials at that moment. A later
 * revocation makes it invalid.
 */
export type Verified = { userId: string; credentialVersion: number };

/**
 * Opens a session for a verified user.
 * @param deviceToken of the device cookie; the device becomes known
 * @returns the session id, which the signed cookie holds
 * @throws DomainError wrongSignIn when credentials were revoked since they were verified
 */
export async function startSession(
  { userId, credentialVersion }: Verified,
  userAgent: string,
  now: Date,
  deviceToken?: string,
): Promise<string> {
  const id = newId();
  await transaction(async (tx) => {
    // A revocation locks this row first: either it waits for us and then ends the session, or we
    // wait for it and find another version.
    const unchanged = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM "user" WHERE id = ${userId}::uuid
        AND credential_version = ${credentialVersion} FOR SHARE`;
    if (unchanged.length === 0) throw new DomainError("wrongSignIn");
    await tx.session.create({
      data: {
        id,
        userId,
        userAgent: userAgent.slice(0, 300),
        createdAt: now,
        lastSeenAt: now,
        expiresAt: new Date(now.getTime() + SESSION_DAYS * DAY_MS),
      },
    });
    if (!deviceToken) return;
    const tokenHash = hashToken(deviceToken);
    const used = { sessionId: id, lastUsedAt: now };
    await tx.knownDevice.upsert({
      where: { userId_tokenHash: { userId, tokenHash } },
      create: { userId, tokenHash, ...used },
      update: used,
    });
  });
  return id;
}

type Resumed = Pick<Session, "lastSeenAt" | "userId" | "createdAt"> &
  Pick<User, "name" | "email" | "language"> & { reader: Reader; hasNotice: boolean };

/** The user of an active session, or null. Read on every request. */
export async function resumeSession(sessionId: string, now: Date) {
  const usedSince = new Date(now.getTime() - IDLE_DAYS * DAY_MS);
  // Raw SQL, since Prisma would read the user in a second statement.
  const [session] = await db.$queryRaw<Resumed[]>`
    SELECT session.last_seen_at AS "lastSeenAt", session.created_at AS "createdAt",
      person.id AS "userId", person.name, person.email,
      person.language, jsonb_build_object(
        'clock', person.clock, 'firstDay', person.first_day,
        'communities', coalesce((
          SELECT jsonb_agg(jsonb_build_object(
            'slug', community.slug, 'region', community.region, 'timeZone', community.time_zone
          ) ORDER BY member.joined_at, community.slug)
          FROM member JOIN community ON community.id = member.community_id
          WHERE member.user_id = person.id AND member.status IN ('active', 'paused')
        ), '[]')
      ) AS reader,
      EXISTS (SELECT FROM revocation WHERE user_id = person.id AND seen_at IS NULL) AS "hasNotice"
    FROM session JOIN "user" AS person ON person.id = session.user_id
    WHERE session.id = ${sessionId}::uuid AND session.ended_at IS NULL
      AND session.expires_at > ${now}::timestamptz
      AND session.last_seen_at > ${usedSince}::timestamptz`;
  if (!session) return null;
  const { lastSeenAt, createdAt, ...person } = session;
  const soon = new Date(now.getTime() + CLOCK_SKEW_MS);
  if (createdAt > soon || lastSeenAt > soon) {
    await boundSessions(db, now, sessionId);
  } else if (now.getTime() - lastSeenAt.getTime() > SEEN_INTERVAL_MS) {
    await db.session.updateMany({ where: { id: sessionId }, data: { lastSeenAt: now } });
  }
  return { sessionId, ...person };
}

/** Of these sessions the active ones. It is no use of them, so that an open page does not extend its session. */
export async function activeSessions(
  ids: readonly string[],
  now: Date,
  tx: Pick<Tx, "session"> = db,
): Promise<Set<string>> {
  const rows = await tx.session.findMany({
    where: {
      id: { in: [...ids] },
      endedAt: null,
      expiresAt: { gt: now },
      lastSeenAt: { gt: new Date(now.getTime() - IDLE_DAYS * DAY_MS) },
    },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}

/**
 * Corrects sessions whose times a wrong clock wrote into the future, so that none outlives its own
 * duration.
 * @param sessionId null for all sessions
 */
export async function boundSessions(
  tx: Pick<Tx, "$executeRaw">,
  now: Date,
  sessionId: string | null = null,
): Promise<void> {
  const soon = new Date(now.getTime() + CLOCK_SKEW_MS);
  const latest = new Date(now.getTime() + SESSION_DAYS * DAY_MS);
  // The true time of the sign-in is unknown, so it must not re-authenticate.
  const stale = new Date(now.getTime() - FRESH_MS);
  await tx.$executeRaw`
    UPDATE session SET
      created_at = CASE WHEN created_at > ${soon}::timestamptz THEN ${stale}::timestamptz
        ELSE created_at END,
      last_seen_at = least(last_seen_at, ${now}::timestamptz),
      expires_at = least(expires_at, ${latest}::timestamptz)
    WHERE (created_at > ${soon}::timestamptz OR last_seen_at > ${soon}::timestamptz)
      AND (${sessionId}::uuid IS NULL OR id = ${sessionId}::uuid)`;
}

/** Whether the sign-in of this session is recent enough to re-authenticate without a password. */
export async function isFresh(
  { userId, sessionId: id }: RecentSignIn,
  now: Date,
): Promise<boolean> {
  const createdAt = {
    gt: new Date(now.getTime() - FRESH_MS),
    lt: new Date(now.getTime() + CLOCK_SKEW_MS),
  };
  return (await db.session.count({ where: { id, userId, endedAt: null, createdAt } })) > 0;
}

/**
 * Locks the user's row against concurrent revocations, and requires that the session is still active.
 * @returns the version of the user's credentials
 * @throws DomainError signInFirst
 */
export async function lockRecentSignIn(
  tx: Tx,
  { userId, sessionId }: RecentSignIn,
): Promise<number> {
  const [user] = await tx.$queryRaw<{ version: number }[]>`
    SELECT credential_version AS version FROM "user" WHERE id = ${userId}::uuid FOR UPDATE`;
  const living = await tx.session.count({ where: { id: sessionId, userId, endedAt: null } });
  if (!user || living === 0) throw new DomainError("signInFirst");
  return user.version;
}

/**
 * Ends one of a user's sessions, and the notifications on its device.
 * @param byAnother whether another session ends it; its device is then forgotten, as it may be lost
 * @throws DomainError notFound
 */
export async function endSession(
  userId: string,
  sessionId: string,
  now: Date,
  byAnother = false,
): Promise<void> {
  const ended = await db.session.updateMany({
    where: { id: sessionId, userId, endedAt: null },
    data: { endedAt: now },
  });
  if (ended.count === 0) throw new DomainError("notFound");
  await db.pushSubscription.deleteMany({ where: { sessionId } });
  if (byAnother) await db.knownDevice.deleteMany({ where: { userId, sessionId } });
}

/**
 * Ends all other sessions of a user, and revokes the credentials that a stranger at one of them may
 * have obtained, such as a sign-in link or the calendar's URL.
 * @param asked the language of the page, for users who have not chosen one
 * @throws DomainError signInFirst when the present session was ended meanwhile
 */
export async function endOtherSessions(
  actor: RecentSignIn,
  asked: Locale,
  now: Date,
): Promise<void> {
  await transaction(async (tx) => {
    await lockRecentSignIn(tx, actor);
    const user = await tx.user.findUniqueOrThrow({ where: { id: actor.userId } });
    await revokeCredentials(tx, { ...actor, now }, "othersSignedOut", {
      locale: user.language ? localeOf(user.language) : asked,
      recipient: user.emailVerifiedAt ? user.email : null,
    });
  });
}
