import { db, transaction } from "../db/client";
import { env } from "../env";
import { signInLinkMail } from "../mail/sign-in-link";
import { type Locale, localeOf } from "../messages";
import { postMail, postNothing } from "./post-mail";
import { requireWithinRate } from "./rate-limit";
import { hashToken, newToken } from "./secret";

/** A magic link works this long, once. */
export const LINK_MINUTES = 10;

/**
 * Sends a sign-in link to an address that we know; answers the same for one that we do not.
 * @param asked the language of the page that asks, for who never chose one
 * @throws DomainError tooManyAttempts
 */
export async function requestSignInLink(email: string, asked: Locale, now: Date): Promise<void> {
  await requireWithinRate("linkEmail", email);
  const user = await db.user.findUnique({ where: { email } });
  const token = newToken();
  // Composed for nobody too.
  const mail = await signInLinkMail({
    locale: user?.language ? localeOf(user.language) : asked,
    name: user?.name ?? "",
    url: `${env().PUBLIC_URL}/link/${token}`,
    minutes: LINK_MINUTES,
  });
  await transaction(async (tx) => {
    const tokenHash = hashToken(token);
    if (!user) {
      // For nobody as much is done as for somebody, so that the time of the answer tells nothing.
      await tx.signInLink.findUnique({ where: { tokenHash } });
      return postNothing(tx, now);
    }
    await tx.signInLink.create({
      data: {
        tokenHash,
        userId: user.id,
        createdAt: now,
        expiresAt: new Date(now.getTime() + LINK_MINUTES * 60_000),
      },
    });
    await postMail(tx, { recipient: user.email, ...mail }, now);
  });
}
