/** The change of a user's e-mail address: request, confirmation, take-over. */

import { formerEmailWindow } from "../../domain/identity/credential";
import { DomainError } from "../../domain/kernel/errors";
import { db, type Tx, transaction } from "../platform/db/client";
import { sqlStateOf } from "../platform/db/sql-state";
import { env } from "../platform/env";
import { type Locale, localeOf } from "../platform/i18n/messages";
import {
  postDummy,
  postLink,
  postMail,
  postNotice,
  TOKEN_PLACEHOLDER,
} from "../platform/mail/post-mail";
import { requireWithinRate } from "../platform/rate-limit";
import { hashToken, newToken } from "../platform/tokens";
import { revokeCredentials } from "./credentials";
import { emailChangedMail, newEmailMail } from "./email-change-mail";
import { requireReauthentication, requireUnchangedCredentials } from "./reauthentication";
import { lockRecentSignIn, type RecentSignIn } from "./session";

/** How long the confirmation link works. */
export const CONFIRM_MINUTES = 60;

/**
 * How a new address is verified: "letter" by e-mail (the demo shows it on a page); "nothing" where
 * no e-mail is sent; "provider" refuses the change, since a provider identifies users by address and
 * a mistyped one would give the account to its owner.
 */
export type EmailChangeView = "letter" | "nothing" | "provider";

export function showEmailChange(): EmailChangeView {
  const { SMTP_URL, EVENHOUR_DEMO, OIDC_ISSUER } = env();
  if (SMTP_URL || EVENHOUR_DEMO) return "letter";
  return OIDC_ISSUER ? "provider" : "nothing";
}

/**
 * Requests a change of address. With e-mail, sends a confirmation link to the new address; the old
 * one stays until the same user, signed in, opens the link, and the answer does not reveal whether
 * another user has the address. Without e-mail, the address is typed twice and changed at once, and
 * the former address still signs in for a while (formerEmailWindow).
 * @param asked the language of the page, for users who have not chosen one
 * @returns the address that gets the link; null when the change is done
 * @throws DomainError wrongPassword, signInAgain, signInFirst, tooManyAttempts, tooManyMails,
 *   emailSame; without e-mail emailTwice, emailTaken; with a provider emailStays
 */
export async function changeEmail(
  actor: RecentSignIn,
  { email, again, current }: { email: string; again?: string | undefined; current: string },
  asked: Locale,
  now: Date,
  by: EmailChangeView = showEmailChange(),
): Promise<{ sentTo: string | null }> {
  const user = await requireReauthentication(actor, current, now);
  if (email === user.email) throw new DomainError("emailSame", {}, "email");
  if (by === "provider") throw new DomainError("emailStays");
  if (by === "nothing") {
    if (again !== email) throw new DomainError("emailTwice", {}, "again");
    await transaction(async (tx) => {
      await requireUnchangedCredentials(tx, actor, user);
      await takeEmail(tx, actor, { email, emailVerifiedAt: null }, asked, now);
    }).catch(translateTaken(new DomainError("emailTaken", {}, "email")));
    return { sentTo: null };
  }
  await requireWithinRate("linkEmail", email);
  await requireWithinRate("mailToAddress", email, new Date(), "tooManyMails");
  const token = newToken();
  const mail = await newEmailMail({
    locale: user.language ? localeOf(user.language) : asked,
    url: `${env().PUBLIC_URL}/settings/email/${TOKEN_PLACEHOLDER}`,
    minutes: CONFIRM_MINUTES,
  });
  const expiresAt = new Date(now.getTime() + CONFIRM_MINUTES * 60_000);
  const change = { email, tokenHash: hashToken(token), expiresAt };
  await transaction(async (tx) => {
    await requireUnchangedCredentials(tx, actor, user);
    const known = await tx.user.findUnique({ where: { email } });
    await tx.emailChange.upsert({
      where: { userId: user.id },
      create: { userId: user.id, ...change },
      update: change,
    });
    // The owner of a known address gets no e-mail, and the caller does not learn that it is known.
    if (known) return postDummy(tx, now);
    await postLink(tx, { recipient: email, ...mail }, { token, expiresAt }, now);
  });
  return { sentTo: email };
}

/**
 * The user's pending change, unless the link has expired, or expires later than it can because a
 * wrong clock wrote it.
 */
const pendingChanges = (userId: string, token: string, now: Date) => ({
  userId,
  tokenHash: hashToken(token),
  expiresAt: { gt: now, lte: new Date(now.getTime() + CONFIRM_MINUTES * 60_000) },
});

/** The new address that a user's confirmation link is for. @throws DomainError emailLinkInvalid */
export async function readNewEmail(userId: string, token: string, now: Date): Promise<string> {
  const asked = await db.emailChange.findFirst({ where: pendingChanges(userId, token, now) });
  if (!asked) throw new DomainError("emailLinkInvalid");
  return asked.email;
}

/**
 * Changes the address to the one that the link was sent to. The link alone is not enough: the caller
 * must be signed in as the user who requested the change.
 * @throws DomainError emailLinkInvalid when the link is another user's, used or expired, or when
 *   another user has taken the address; signInFirst when the session was ended meanwhile
 */
export async function confirmEmail(
  actor: RecentSignIn,
  token: string,
  asked: Locale,
  now: Date,
): Promise<void> {
  const invalid = new DomainError("emailLinkInvalid");
  await transaction(async (tx) => {
    await lockRecentSignIn(tx, actor);
    const where = pendingChanges(actor.userId, token, now);
    const wanted = await tx.emailChange.findFirst({ where });
    // Of two concurrent requests only one deletes the row.
    const used = await tx.emailChange.deleteMany({ where });
    if (!wanted || used.count !== 1) throw invalid;
    await takeEmail(tx, actor, { email: wanted.email, emailVerifiedAt: now }, asked, now);
  }).catch(translateTaken(invalid));
}

/** Sets the address, revokes credentials of the old one, and notifies the old one. */
async function takeEmail(
  tx: Tx,
  actor: RecentSignIn,
  taken: { email: string; emailVerifiedAt: Date | null },
  asked: Locale,
  now: Date,
): Promise<void> {
  const { userId } = actor;
  const before = await tx.user.findUniqueOrThrow({ where: { id: userId } });
  const locale = before.language ? localeOf(before.language) : asked;
  const former = taken.emailVerifiedAt
    ? noFormerEmail
    : await saveFormerEmail(tx, before, taken.email, now);
  await tx.user.update({ where: { id: userId }, data: { ...taken, ...former } });
  await revokeCredentials(tx, { ...actor, now }, "emailChanged", {
    locale,
    recipient: taken.emailVerifiedAt && taken.email,
  });
  const mail = await emailChangedMail({ locale, url: env().PUBLIC_URL });
  // A verified owner is always notified; an address that was never verified may be a stranger's.
  const post = before.emailVerifiedAt ? postMail : postNotice;
  await post(tx, { recipient: before.email, ...mail }, now);
}

const noFormerEmail = { formerEmail: null, formerEmailUntil: null };

/** The former address that still signs in after a change to `wanted`. */
async function saveFormerEmail(
  tx: Tx,
  before: { id: string; email: string; formerEmail: string | null; formerEmailUntil: Date | null },
  wanted: string,
  now: Date,
) {
  if (wanted === before.formerEmail) return noFormerEmail;
  const { gt, lte } = formerEmailWindow(now);
  const { formerEmail, formerEmailUntil: until } = before;
  // A second mistyped address must not replace the former address that works.
  if (formerEmail && until && gt < until && until <= lte) return {};
  await tx.user.updateMany({
    where: { formerEmail: before.email, NOT: { id: before.id } },
    data: noFormerEmail,
  });
  return { formerEmail: before.email, formerEmailUntil: lte };
}

/** Translates the violation of the unique index on addresses. */
const translateTaken = (refusal: DomainError) => (error: unknown) => {
  throw sqlStateOf(error)?.code === "23505" ? refusal : error;
};
