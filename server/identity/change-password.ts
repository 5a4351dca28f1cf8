import { transaction } from "../platform/db/client";
import { type Locale, localeOf } from "../platform/i18n/messages";
import { revokeCredentials } from "./credentials";
import { hashPassword, requireGoodPassword } from "./password";
import { requireReauthentication, requireUnchangedCredentials } from "./reauthentication";
import type { RecentSignIn } from "./session";

/**
 * Changes the password of a user who knows the present one, or sets the first password of a user
 * who has just signed in another way. Revokes the other credentials.
 * @param asked the language of the page, for users who have not chosen one
 * @throws DomainError wrongPassword, signInAgain, signInFirst, passwordObvious, passwordTooCommon,
 *   tooManyAttempts
 */
export async function changePassword(
  actor: RecentSignIn,
  input: { current: string; password: string },
  asked: Locale,
  now: Date,
): Promise<void> {
  const user = await requireReauthentication(actor, input.current, now);
  requireGoodPassword(input.password, [user.name, user.email]);
  const passwordHash = await hashPassword(input.password);
  await transaction(async (tx) => {
    await requireUnchangedCredentials(tx, actor, user);
    await tx.user.update({ where: { id: actor.userId }, data: { passwordHash } });
    await revokeCredentials(tx, { ...actor, now }, "passwordChanged", {
      locale: user.language ? localeOf(user.language) : asked,
      recipient: user.emailVerifiedAt ? user.email : null,
    });
  });
}
