import type { SendMailOptions } from "nodemailer";
import { RETENTION_DAYS } from "../../../domain/privacy/retention";
import { db, type Tx } from "../db/client";
import { Prisma } from "../db/generated/client";
import { env } from "../env";
import { log } from "../log";
import { readableMail, unsubscribeOf } from "./post-mail";
import { isRefusedForGood, transportTo } from "./transport";

const DAY_MS = 86_400_000;
/** How long sent e-mails are retained, for an operator who traces one. */
const SENT_RETENTION_MS = RETENTION_DAYS.sentMail * DAY_MS;
/** How long e-mails that could not be sent are retained. */
const UNSENT_RETENTION_MS = RETENTION_DAYS.unsentMail * DAY_MS;

/** How long an e-mail may take to be handed over, while its row is locked. */
const HANDOVER_MS = 60_000;

type Mail = Prisma.MailGetPayload<{ include: { token: true } }>;

/**
 * Sends an e-mail of the outbox once. Without SMTP_URL it stays there; the demo shows it at /mailbox.
 * An e-mail whose link has expired is deleted instead.
 *
 * Its row is locked from before the hand-over until it is stored as sent: an e-mail that was taken back is not handed
 * over, two workers do not send it twice, and only a process that ends between the two sends it again.
 * @param onRefused called in the transaction that stores that the recipient's server refused it for good
 * @throws what nodemailer throws; the job runner retries later
 */
export async function sendMail(
  { mailId }: { mailId: string },
  now: Date,
  { smtp = env().SMTP_URL, onRefused }: { smtp?: string | undefined; onRefused?: OnRefused } = {},
): Promise<void> {
  if (!smtp) return;
  await db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = ${Prisma.raw(String(HANDOVER_MS))}`;
      const [locked] = await tx.$queryRaw<{ id: string }[]>`
        SELECT id FROM mail WHERE id = ${mailId}::uuid AND sent_at IS NULL AND failed_at IS NULL
        FOR UPDATE SKIP LOCKED`;
      const stored =
        locked && (await tx.mail.findUnique({ where: { id: mailId }, include: { token: true } }));
      if (!stored) return;
      const mail = readableMail(stored);
      const isExpired = stored.expiresAt !== null && stored.expiresAt <= now;
      if (!mail || isExpired) {
        await tx.mail.deleteMany({ where: { id: mailId } });
        return;
      }
      try {
        await transportTo(smtp).sendMail(await messageOf(tx, mail));
      } catch (error) {
        if (!isRefusedForGood(error)) throw error;
        await tx.mail.update({ where: { id: mailId }, data: { failedAt: now } });
        await onRefused?.(tx, mail.recipient);
        log.warn("mail", error);
        return;
      }
      await tx.mail.update({ where: { id: mailId }, data: { sentAt: now } });
      await tx.mailToken.deleteMany({ where: { mailId } });
      await tx.user.updateMany({
        where: { email: mail.recipient, mailFailures: { gt: 0 }, mailPausedAt: null },
        data: { mailFailures: 0 },
      });
    },
    { timeout: HANDOVER_MS, maxWait: HANDOVER_MS },
  );
}

type OnRefused = (tx: Tx, recipient: string) => Promise<void>;

/**
 * The e-mail with its headers: e-mails about the same thing refer to the same Message-ID (RFC 5322, 3.6.4),
 * `Auto-Submitted` keeps vacation notices away (RFC 3834), and a kind that can be switched off has an address at which
 * mail programs do that (RFC 2369, RFC 8058).
 */
async function messageOf(tx: Tx, mail: Mail): Promise<SendMailOptions> {
  const { PUBLIC_URL, MAIL_FROM } = env();
  const host = new URL(PUBLIC_URL).hostname;
  const { recipient, subject, text, html, thread, calendar, communityId } = mail;
  const community = communityId && (await tx.community.findUnique({ where: { id: communityId } }));
  const unsubscribe = unsubscribeOf(mail);
  return {
    from: MAIL_FROM,
    to: { name: "", address: recipient },
    subject,
    text,
    html,
    messageId: `<${mail.id}@${host}>`,
    ...(thread && { references: `<${thread}@${host}>`, inReplyTo: `<${thread}@${host}>` }),
    headers: {
      "Auto-Submitted": "auto-generated",
      ...(community && { "List-Id": `<${community.slug}.${host}>` }),
      ...(unsubscribe && {
        "List-Unsubscribe": `<${PUBLIC_URL}/api/unsubscribe/${unsubscribe}>`,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      }),
    },
    ...(calendar && {
      attachments: [
        {
          filename: "evenhour.ics",
          content: calendar,
          contentType: "text/calendar; charset=utf-8; method=PUBLISH",
        },
      ],
    }),
  };
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
