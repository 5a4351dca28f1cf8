import { createTransport } from "nodemailer";
import { db } from "../db/client";
import { env } from "../env";
import { readableMail } from "./post-mail";

const DAY = 86_400_000;
/** A sent mail is kept for so many days, for the operator who looks for it. */
const KEEP_SENT = 7 * DAY;
/** One that could not be sent is of no use any more. */
const KEEP_UNSENT = 30 * DAY;

/**
 * Sends a mail of the outbox once. Without SMTP_URL it stays there, readable in the demo at
 * /mailbox. A failure throws, and the job tries again later; not after its link has ended.
 */
export async function sendMail(
  { mailId }: { mailId: string },
  now: Date,
  smtp = env().SMTP_URL,
): Promise<void> {
  if (!smtp) return;
  const stored = await db.mail.findUnique({ where: { id: mailId }, include: { token: true } });
  if (!stored || stored.sentAt) return;
  const mail = readableMail(stored);
  const isOver = stored.expiresAt !== null && stored.expiresAt <= now;
  if (!mail || isOver) return forget(mailId);
  const { recipient: to, subject, text, html } = mail;
  await createTransport(smtp).sendMail({ from: env().MAIL_FROM, to, subject, text, html });
  await db.$transaction([
    db.mail.update({ where: { id: mailId }, data: { sentAt: now } }),
    db.mailToken.deleteMany({ where: { mailId } }),
  ]);
}

async function forget(id: string): Promise<void> {
  await db.mail.deleteMany({ where: { id } });
}

/** Deletes old mails, and tokens whose links have ended; the jobs do so every night. */
export async function deleteOldMails(now: Date): Promise<void> {
  const before = (milliseconds: number) => new Date(now.getTime() - milliseconds);
  await db.mailToken.deleteMany({ where: { mail: { expiresAt: { lt: now } } } });
  await db.mail.deleteMany({
    where: {
      OR: [{ sentAt: { lt: before(KEEP_SENT) } }, { createdAt: { lt: before(KEEP_UNSENT) } }],
    },
  });
}
