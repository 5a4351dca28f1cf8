import { createTransport } from "nodemailer";
import { RETENTION_DAYS } from "../../../domain/privacy/retention";
import { db } from "../db/client";
import { env } from "../env";
import { readableMail } from "./post-mail";

const DAY_MS = 86_400_000;
/** How long sent e-mails are retained, for an operator who traces one. */
const SENT_RETENTION_MS = RETENTION_DAYS.sentMail * DAY_MS;
/** How long e-mails that could not be sent are retained. */
const UNSENT_RETENTION_MS = RETENTION_DAYS.unsentMail * DAY_MS;

/**
 * Sends an e-mail of the outbox once. Without SMTP_URL it stays there; the demo shows it at /mailbox.
 * An e-mail whose link has expired is deleted instead.
 * @throws what nodemailer throws; the job runner retries later
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
  const isExpired = stored.expiresAt !== null && stored.expiresAt <= now;
  if (!mail || isExpired) {
    await db.mail.deleteMany({ where: { id: mailId } });
    return;
  }
  const { recipient: to, subject, text, html } = mail;
  await createTransport(smtp).sendMail({ from: env().MAIL_FROM, to, subject, text, html });
  await db.$transaction([
    db.mail.update({ where: { id: mailId }, data: { sentAt: now } }),
    db.mailToken.deleteMany({ where: { mailId } }),
  ]);
}

/** Deletes old e-mails, and the tokens of expired links. A nightly job calls it. */
export async function deleteOldMails(now: Date): Promise<void> {
  const before = (ageMs: number) => new Date(now.getTime() - ageMs);
  await db.mailToken.deleteMany({ where: { mail: { expiresAt: { lt: now } } } });
  await db.mail.deleteMany({
    where: {
      OR: [
        { sentAt: { lt: before(SENT_RETENTION_MS) } },
        { createdAt: { lt: before(UNSENT_RETENTION_MS) } },
      ],
    },
  });
}
