import { env } from "../platform/env";
import type { Locale } from "../platform/i18n/messages";
import { composeMail, mailTranslator } from "../platform/mail/layout";

/** Asks how agreed help went, or whether a report is right. */
export function exchangeReminderMail(reminder: {
  locale: Locale;
  /** What members wrote; null for an address that is not verified. */
  words: { name: string; title: string } | null;
  question: "howDidItGo" | "isItRight";
  path: string;
}) {
  const { locale, words, question, path } = reminder;
  const say = mailTranslator(locale);
  return composeMail({
    locale,
    subject: words
      ? say(`reminder.${question}.subject`, { title: words.title })
      : say(`reminder.${question}.plainSubject`),
    greeting: words ? say("greeting", { name: words.name }) : say("hello"),
    sentences: [
      words
        ? say(`reminder.${question}.body`, { title: words.title })
        : say(`reminder.${question}.plainBody`),
    ],
    action: { label: say("reminder.action"), url: `${env().PUBLIC_URL}${path}` },
    closing: say("reminder.closing"),
  });
}
