import { DomainError } from "../../domain/kernel/errors";
import type { Reader } from "../../domain/kernel/region";
import { db, type Tx, transaction } from "../platform/db/client";
import type { Session, User } from "../platform/db/generated/client";
import { type Locale, localeOf } from "../platform/i18n/messages";
import { hashToken, newId } from "../platform/tokens";
import { revokeCredentials } from "./credentials";

const DAY = 86_400_000;
/** A session ends by itself after this long, however often it is used. */
export const SESSION_DAYS = 90;
/** And after this long without being used. */
const IDLE_DAYS = 30;
const SEEN_EVERY = 10 * 60_000;
/** Clocks of several instances may differ by this much, in milliseconds. */
export const CLOCK_SKEW = 60_000;
/** Milliseconds after signing in for which somebody without a password counts as present. */
const FRESH = 15 * 60_000;

/** Who is signed in, by which session. */
export type RecentSignIn = { userId: string; sessionId: string };

/**
 * A user whose credential was verified, and the version of their credentials at that moment. When
 * credentials were revoked since, it opens nothing any more.
 */
export type Verified = { userId: string; credentialVersion: number };

/**
 * Opens a session for a verified user and gives its id, which the signed cookie names.
 * @param deviceToken of the device's cookie, by which it is known from now on
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
    // Revoking takes this row's lock first: it waits for us and then ends the session, or we wait
    // for it and find another version.
    const standing = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM "user" WHERE id = ${userId}::uuid
        AND credential_version = ${credentialVersion} FOR SHARE`;
    if (standing.length === 0) throw new DomainError("wrongSignIn");
    await tx.session.create({
      data: {
        id,
        userId,
        userAgent: userAgent.slice(0, 300),
        createdAt: now,
        lastSeenAt: now,
        expiresAt: new Date(now.getTime() + SESSION_DAYS * DAY),
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

/** The person whose living session this is, or null. Read on every request. */
export async function resumeSession(sessionId: string, now: Date) {
  const usedSince = new Date(now.getTime() - IDLE_DAYS * DAY);
  // By hand, since Prisma would ask for the person by a second statement, each time.
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
  const soon = new Date(now.getTime() + CLOCK_SKEW);
  if (createdAt > soon || lastSeenAt > soon) {
    await boundSessions(db, now, sessionId);
  } else if (now.getTime() - lastSeenAt.getTime() > SEEN_EVERY) {
    await db.session.updateMany({ where: { id: sessionId }, data: { lastSeenAt: now } });
  }
  return { sessionId, ...person };
}

/**
 * Brings sessions that a clock ahead of time began or used back to now, so that none outlives its
 * own duration.
 * @param sessionId null for all
 */
export async function boundSessions(
  tx: Pick<Tx, "$executeRaw">,
  now: Date,
  sessionId: string | null = null,
): Promise<void> {
  const soon = new Date(now.getTime() + CLOCK_SKEW);
  const latest = new Date(now.getTime() + SESSION_DAYS * DAY);
  // When it began is not known: not fresh enough to stand for a password.
  const stale = new Date(now.getTime() - FRESH);
  await tx.$executeRaw`
    UPDATE session SET
      created_at = CASE WHEN created_at > ${soon}::timestamptz THEN ${stale}::timestamptz
        ELSE created_at END,
      last_seen_at = least(last_seen_at, ${now}::timestamptz),
      expires_at = least(expires_at, ${latest}::timestamptz)
    WHERE (created_at > ${soon}::timestamptz OR last_seen_at > ${soon}::timestamptz)
      AND (${sessionId}::uuid IS NULL OR id = ${sessionId}::uuid)`;
}

/** Whether somebody signed in by this session so short a time ago that it stands for a password. */
export async function isFresh(
  { userId, sessionId: id }: RecentSignIn,
  now: Date,
): Promise<boolean> {
  const createdAt = {
    gt: new Date(now.getTime() - FRESH),
    lt: new Date(now.getTime() + CLOCK_SKEW),
  };
  return (await db.session.count({ where: { id, userId, endedAt: null, createdAt } })) > 0;
}

/**
 * Locks the user's row, so that nothing is revoked meanwhile, and requires that the session by
 * which they ask has not been ended since the request came in.
 * @returns the version of their credentials
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
 * Ends one of a user's own sessions. The device of another one is no longer known either: it may
 * be lost.
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
  if (byAnother) await db.knownDevice.deleteMany({ where: { userId, sessionId } });
}

/**
 * Ends every session of a user but the one by which they ask, and what somebody at one of the others
 * may have opened: a sign-in under way, and the calendar's address, which would outlive them.
 * @param asked the language of the page that asks, for who never chose one
 * @throws DomainError signInFirst when that one was ended meanwhile
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
