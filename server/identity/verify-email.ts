import type { Tx } from "../platform/db/client";
import { type Locale, localeOf } from "../platform/i18n/messages";
import { revokeCredentials } from "./credentials";
import type { Verified } from "./session";

/**
 * Notes that whoever signs in has shown that the address is theirs. The first time, everything that
 * could open the account is revoked: it may be of somebody who signed up with the address before its
 * owner came. The caller has locked the user's row.
 * @param asked the language of the page that asks, for who never chose one
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
  const told = { locale, recipient: user.email };
  return { userId, credentialVersion: await revokeCredentials(tx, owner, "addressVerified", told) };
}
