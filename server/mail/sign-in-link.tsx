import type { Locale } from "../messages";
import { composeMail, mailWords } from "./layout";

/** The mail with a magic link. */
export function signInLinkMail({
  name,
  url,
  minutes,
  locale,
}: {
  locale: Locale;
  name: string;
  url: string;
  minutes: number;
}) {
  const say = mailWords(locale);
  return composeMail({
    locale,
    subject: say("signInLink.subject"),
    greeting: say("greeting", { name }),
    sentences: [say("signInLink.body", { minutes })],
    action: { label: say("signInLink.action"), url },
    closing: say("signInLink.closing"),
  });
}
