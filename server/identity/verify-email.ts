import type { Tx } from "../platform/db/client";
import { type Locale, localeOf } from "../platform/i18n/messages";
import { revokeCredentials } from "./credentials";
import type { Verified } from "./session";

/**
 * Records that the user has verified their address. The first time, revokes all credentials: a
 * stranger may have signed up with the address before its owner did. The caller has locked the
 * user's row.
 * @param asked the language of the page, for users who have not chosen one
 */
export async function verifyEmail(
  tx: Tx,
  userId: string,
  asked: Locale,
  now: Date,
): Promise<Verified> {
  const user = await tx.user.findUniqueOrThrow({ where: { id: userId } });
  if (user.emailVerifiedAt) return { userId, credentialVersion: user.credentialVersion };
  await tx.user.update({
    where: { id: userId },
    data: { emailVerifiedAt: now, formerEmail: null, formerEmailUntil: null },
  });
  const owner = { userId, sessionId: null, now };
  const locale = user.language ? localeOf(user.language) : asked;
  const notice = { locale, recipient: user.email };
  const credentialVersion = await revokeCredentials(tx, owner, "addressVerified", notice);
  return { userId, credentialVersion };
}
