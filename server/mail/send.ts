import { createTransport } from "nodemailer";
import { db } from "../db/client";
import { env } from "../env";

/**
 * Sends a mail of the outbox once. Without SMTP_URL it stays there, readable in the demo at
 * /mailbox. A failure throws, and the job tries again later.
 */
export async function sendMail({ mailId }: { mailId: string }, now: Date): Promise<void> {
  const { SMTP_URL, MAIL_FROM } = env();
  if (!SMTP_URL) return;
  const mail = await db.mail.findUnique({ where: { id: mailId } });
  if (!mail || mail.sentAt) return;
  const { recipient: to, subject, text, html } = mail;
  await createTransport(SMTP_URL).sendMail({ from: MAIL_FROM, to, subject, text, html });
  await db.mail.update({ where: { id: mailId }, data: { sentAt: now } });
}
