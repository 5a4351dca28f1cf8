import { db } from "../db/client";
import { DomainError } from "../domain/errors";
import { hashPassword, passwordFits, requireGoodPassword } from "./password";
import { requireWithinRate } from "./rate-limit";
import { endOtherSessions } from "./session";

/** Milliseconds after signing in for which somebody without a password counts as present. */
const FRESH = 15 * 60_000;

/**
 * Changes a password for somebody who knows the present one, or sets the first for somebody who has
 * just signed in another way; and ends their other sessions.
 * @throws DomainError wrongPassword, signInAgain, passwordObvious, passwordTooCommon, tooManyAttempts
 */
export async function changePassword(
  actor: { userId: string; sessionId: string },
  input: { current: string; password: string },
  now: Date,
): Promise<void> {
  await requireWithinRate("signInEmail", actor.userId);
  const user = await db.user.findUniqueOrThrow({ where: { id: actor.userId } });
  if (user.passwordHash === null) await requireFresh(actor, now);
  else if (!(await passwordFits(user.passwordHash, input.current))) {
    throw new DomainError("wrongPassword", {}, "current");
  }
  requireGoodPassword(input.password, [user.name, user.email]);
  const passwordHash = await hashPassword(input.password);
  await db.user.update({ where: { id: actor.userId }, data: { passwordHash } });
  await endOtherSessions(actor.userId, actor.sessionId, now);
}

async function requireFresh(
  { userId, sessionId: id }: { userId: string; sessionId: string },
  now: Date,
): Promise<void> {
  const createdAt = { gt: new Date(now.getTime() - FRESH) };
  const fresh = await db.session.count({ where: { id, userId, endedAt: null, createdAt } });
  if (fresh === 0) throw new DomainError("signInAgain");
}
