import { db } from "../db/client";
import { DomainError } from "../domain/errors";
import { hashPassword, passwordFits, requireGoodPassword } from "./password";
import { requireWithinRate } from "./rate-limit";
import { endOtherSessions } from "./session";

/**
 * Changes a password for somebody who knows the present one, and ends their other sessions.
 * @throws DomainError wrongPassword, passwordTooCommon, tooManyAttempts
 */
export async function changePassword(
  actor: { userId: string; sessionId: string },
  input: { current: string; password: string },
  now: Date,
): Promise<void> {
  await requireWithinRate("signInEmail", actor.userId);
  const user = await db.user.findUniqueOrThrow({ where: { id: actor.userId } });
  if (user.passwordHash !== null && !(await passwordFits(user.passwordHash, input.current))) {
    throw new DomainError("wrongPassword", {}, "current");
  }
  requireGoodPassword(input.password);
  const passwordHash = await hashPassword(input.password);
  await db.user.update({ where: { id: actor.userId }, data: { passwordHash } });
  await endOtherSessions(actor.userId, actor.sessionId, now);
}
