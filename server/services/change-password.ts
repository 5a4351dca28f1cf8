import { db } from "../db/client";
import { hashPassword, requireGoodPassword } from "./password";
import { type Present, requirePresent } from "./require-present";
import { endOtherSessions } from "./session";

/**
 * Changes a password for somebody who knows the present one, or sets the first for somebody who has
 * just signed in another way; and ends their other sessions.
 * @throws DomainError wrongPassword, signInAgain, passwordObvious, passwordTooCommon, tooManyAttempts
 */
export async function changePassword(
  actor: Present,
  input: { current: string; password: string },
  now: Date,
): Promise<void> {
  const user = await requirePresent(actor, input.current, now);
  requireGoodPassword(input.password, [user.name, user.email]);
  const passwordHash = await hashPassword(input.password);
  await db.user.update({ where: { id: actor.userId }, data: { passwordHash } });
  await endOtherSessions(actor.userId, actor.sessionId, now);
}
