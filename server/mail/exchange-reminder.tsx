import { env } from "../env";
import { composeMail, mailWords } from "./layout";

/** Asks how agreed help went, or whether a report is right. */
export function exchangeReminderMail(reminder: {
  name: string;
  title: string;
  question: "howDidItGo" | "isItRight";
  path: string;
}) {
  const say = mailWords();
  const { name, title, question, path } = reminder;
  return composeMail({
    subject: say(`reminder.${question}.subject`, { title }),
    greeting: say("greeting", { name }),
    sentences: [say(`reminder.${question}.body`, { title })],
    action: { label: say("reminder.action"), url: `${env().PUBLIC_URL}${path}` },
    closing: say("reminder.closing"),
  });
}
