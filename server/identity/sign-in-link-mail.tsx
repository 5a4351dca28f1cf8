import type { Locale } from "../platform/i18n/messages";
import { composeMail, mailTranslator } from "../platform/mail/layout";

/** The e-mail with a sign-in link. Contains no text that a member wrote: it may go to a stranger. */
export function signInLinkMail({
  url,
  minutes,
  locale,
}: {
  locale: Locale;
  url: string;
  minutes: number;
}) {
  const say = mailTranslator(locale);
  return composeMail({
    locale,
    subject: say("signInLink.subject"),
    greeting: say("hello"),
    sentences: [say("signInLink.body", { minutes })],
    action: { label: say("signInLink.action"), url },
    closing: say("signInLink.closing"),
  });
}
