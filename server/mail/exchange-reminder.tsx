import { env } from "../env";
import type { Locale } from "../messages";
import { composeMail, mailWords } from "./layout";

/** Asks how agreed help went, or whether a report is right. */
export function exchangeReminderMail(reminder: {
  locale: Locale;
  name: string;
  title: string;
  question: "howDidItGo" | "isItRight";
  path: string;
}) {
  const { locale, name, title, question, path } = reminder;
  const say = mailWords(locale);
  return composeMail({
    locale,
    subject: say(`reminder.${question}.subject`, { title }),
    greeting: say("greeting", { name }),
    sentences: [say(`reminder.${question}.body`, { title })],
    action: { label: say("reminder.action"), url: `${env().PUBLIC_URL}${path}` },
    closing: say("reminder.closing"),
  });
}
