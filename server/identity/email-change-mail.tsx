import type { Locale } from "../platform/i18n/messages";
import { composeMail, mailTranslator } from "../platform/mail/layout";

/** Neither e-mail contains text that a member wrote: the address may be a stranger's. */
type To = { locale: Locale; url: string };

/** The e-mail with the confirmation link, to the new address. */
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

/** The notice to the former address. */
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
