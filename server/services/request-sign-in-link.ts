import { db, transaction } from "../db/client";
import { env } from "../env";
import { signInLinkMail } from "../mail/sign-in-link";
import { postMail } from "./post-mail";
import { requireWithinRate } from "./rate-limit";
import { hashToken, newToken } from "./secret";

/** A magic link works this long, once. */
export const LINK_MINUTES = 10;

/**
 * Sends a sign-in link to an address that we know; answers the same for one that we do not.
 * @throws DomainError tooManyAttempts
 */
export async function requestSignInLink(email: string, now: Date): Promise<void> {
  await requireWithinRate("linkEmail", email);
  const user = await db.user.findUnique({ where: { email } });
  const token = newToken();
  const mail = await signInLinkMail({
    name: user?.name ?? "",
    url: `${env().PUBLIC_URL}/link/${token}`,
    minutes: LINK_MINUTES,
  });
  // Nobody gets a letter too, which is thrown away: the time of the answer must tell nothing.
  await transaction(async (tx) => {
    if (user) {
      await tx.signInLink.create({
        data: {
          tokenHash: hashToken(token),
          userId: user.id,
          createdAt: now,
          expiresAt: new Date(now.getTime() + LINK_MINUTES * 60_000),
        },
      });
    }
    const id = await postMail(tx, { recipient: email, ...mail }, now);
    if (!user) await tx.mail.delete({ where: { id } });
  });
}
