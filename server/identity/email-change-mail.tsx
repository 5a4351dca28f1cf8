import type { Locale } from "../platform/i18n/messages";
import { composeMail, mailTranslator } from "../platform/mail/layout";

/** Neither says anything that a member wrote: the address may be of somebody else. */
type To = { locale: Locale; url: string };

/** The letter to an address that somebody wants for their sign-in. */
export function newEmailMail({ locale, url, minutes }: To & { minutes: number }) {
  const say = mailTranslator(locale);
  return composeMail({
    locale,
    subject: say("newEmail.subject"),
    greeting: say("hello"),
    sentences: [say("newEmail.body", { minutes })],
    action: { label: say("newEmail.action"), url },
    closing: say("newEmail.closing"),
  });
}

/** The letter to the address that was theirs before. */
export function emailChangedMail({ locale, url }: To) {
  const say = mailTranslator(locale);
  return composeMail({
    locale,
    subject: say("emailChanged.subject"),
    greeting: say("hello"),
    sentences: [say("emailChanged.body")],
    action: { label: say("emailChanged.action"), url },
    closing: say("emailChanged.closing"),
  });
}
