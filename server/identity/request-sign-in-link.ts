import { db, transaction } from "../platform/db/client";
import { env } from "../platform/env";
import { type Locale, localeOf } from "../platform/i18n/messages";
import { postDummy, postLink, TOKEN_PLACEHOLDER } from "../platform/mail/post-mail";
import { requireWithinRate } from "../platform/rate-limit";
import { hashToken, newToken } from "../platform/tokens";
import { knownDeviceKey } from "./known-device";
import { signInLinkMail } from "./sign-in-link-mail";

/** How long a sign-in link works; it works once. */
export const LINK_MINUTES = 10;

/**
 * Sends a sign-in link to a known address; answers the same for an unknown one.
 * @param asking the language of the page, for users who have not chosen one; the device's token
 * @throws DomainError tooManyAttempts, tooManyMails
 */
export async function requestSignInLink(
  email: string,
  { locale: asked, device }: { locale: Locale; device?: string | undefined },
  now: Date,
): Promise<void> {
  // Counted separately, so that requests of strangers do not block the owner's.
  const known = await knownDeviceKey(email, device, new Date(), true);
  if (known) await requireWithinRate("linkDevice", known);
  else {
    await requireWithinRate("linkEmail", email);
    await requireWithinRate("mailToAddress", email, new Date(), "tooManyMails");
  }
  const user = await db.user.findUnique({ where: { email } });
  const token = newToken();
  // Composed for unknown addresses too, to take the same time.
  const mail = await signInLinkMail({
    locale: user?.language ? localeOf(user.language) : asked,
    url: `${env().PUBLIC_URL}/link/${TOKEN_PLACEHOLDER}`,
    minutes: LINK_MINUTES,
  });
  await transaction(async (tx) => {
    const tokenHash = hashToken(token);
    // The address may have changed since; the lock orders this with a concurrent revocation.
    const [owner] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM "user" WHERE email = ${email} FOR SHARE`;
    if (!owner) {
      // The same work as for a known address, so that the response time reveals nothing.
      await tx.signInLink.findUnique({ where: { tokenHash } });
      return postDummy(tx, now);
    }
    const expiresAt = new Date(now.getTime() + LINK_MINUTES * 60_000);
    await tx.signInLink.create({
      data: { tokenHash, userId: owner.id, createdAt: now, expiresAt },
    });
    await postLink(tx, { recipient: email, ...mail }, { token, expiresAt }, now);
  });
}
