/** Another address of e-mail for one's sign-in: asked for, shown to be one's own, taken. */

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
import { isReauthenticated, requireReauthentication } from "./reauthentication";
import { lockRecentSignIn, type RecentSignIn } from "./session";

/** A link that shows that an address is one's own works this long. */
export const CONFIRM_MINUTES = 60;

/**
 * By what an address is shown to be somebody's own: by letter, where letters reach people (the demo
 * shows them on a page); by nothing, where nobody could show it either; and not at all where a
 * provider tells whose an address is: a slip would give the account to whoever comes by it.
 */
export type EmailChangeView = "letter" | "nothing" | "provider";

export function showEmailChange(): EmailChangeView {
  const { SMTP_URL, EVENHOUR_DEMO, OIDC_ISSUER } = env();
  if (SMTP_URL || EVENHOUR_DEMO) return "letter";
  return OIDC_ISSUER ? "provider" : "nothing";
}

/**
 * Asks for another address. Where letters are sent, one with a link goes there, and the present
 * address stays until the link is used by the same person, signed in; whether somebody else has the
 * address is not told. Where nothing can show whose an address is, it is typed twice and changed at
 * once, and the address before still signs in for a while (formerEmailWindow).
 * @param asked the language of the page that asks, for who never chose one
 * @returns where a letter is on its way to; null when the address is changed
 * @throws DomainError wrongPassword, signInAgain, signInFirst, tooManyAttempts, tooManyMails,
 *   emailSame; without letters emailTwice, emailTaken, and emailStays where a provider tells whose an address is
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
      await isReauthenticated(tx, actor, user);
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
  const kept = { email, tokenHash: hashToken(token), expiresAt };
  await transaction(async (tx) => {
    await isReauthenticated(tx, actor, user);
    const known = await tx.user.findUnique({ where: { email } });
    await tx.emailChange.upsert({
      where: { userId: user.id },
      create: { userId: user.id, ...kept },
      update: kept,
    });
    // Nobody is written to about what somebody else did; nor is it told that they are here.
    if (known) return postDummy(tx, now);
    await postLink(tx, { recipient: email, ...mail }, { token, expiresAt }, now);
  });
  return { sentTo: email };
}

/**
 * What was asked for by the link's person, if its time is not over; nor further ahead than it can
 * be, by a clock that was wrong.
 */
const pendingChanges = (userId: string, token: string, now: Date) => ({
  userId,
  tokenHash: hashToken(token),
  expiresAt: { gt: now, lte: new Date(now.getTime() + CONFIRM_MINUTES * 60_000) },
});

/** The address that a link of mine is about. @throws DomainError emailLinkInvalid */
export async function readNewEmail(userId: string, token: string, now: Date): Promise<string> {
  const asked = await db.emailChange.findFirst({ where: pendingChanges(userId, token, now) });
  if (!asked) throw new DomainError("emailLinkInvalid");
  return asked.email;
}

/**
 * Takes the address to which the link was sent. The link alone opens nothing: whoever came by it
 * must be signed in as the one who asked.
 * @throws DomainError emailLinkInvalid when it is another person's, used, too old, or when the
 *   address has become somebody else's; signInFirst when the session was ended meanwhile
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
    // Whoever deletes it has it: of two presses in the same instant one finds it gone.
    const used = await tx.emailChange.deleteMany({ where });
    if (!wanted || used.count !== 1) throw invalid;
    await takeEmail(tx, actor, { email: wanted.email, emailVerifiedAt: now }, asked, now);
  }).catch(translateTaken(invalid));
}

/** Sets the address, revokes what the old one could open, and informs the old one. */
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
  // An owner is told in any case; an address that nobody verified may be a stranger's.
  const post = before.emailVerifiedAt ? postMail : postNotice;
  await post(tx, { recipient: before.email, ...mail }, now);
}

const noFormerEmail = { formerEmail: null, formerEmailUntil: null };

/** The address that still signs in after a change to `wanted`: the last one that was in use for long. */
async function saveFormerEmail(
  tx: Tx,
  before: { id: string; email: string; formerEmail: string | null; formerEmailUntil: Date | null },
  wanted: string,
  now: Date,
) {
  if (wanted === before.formerEmail) return noFormerEmail;
  const { gt, lte } = formerEmailWindow(now);
  const { formerEmail, formerEmailUntil: until } = before;
  // A second slip does not push the good address out.
  if (formerEmail && until && gt < until && until <= lte) return {};
  await tx.user.updateMany({
    where: { formerEmail: before.email, NOT: { id: before.id } },
    data: noFormerEmail,
  });
  return { formerEmail: before.email, formerEmailUntil: lte };
}

/** An address that is somebody's already is refused by its unique index. */
const translateTaken = (refusal: DomainError) => (error: unknown) => {
  throw sqlStateOf(error)?.code === "23505" ? refusal : error;
};
