import type { Tx } from "../db/client";
import { enqueueJob } from "../jobs/job";
import { countedWithin } from "../rate-limit";
import { newId, sealToken, unsealToken } from "../tokens";

/** Stands in a stored mail for its token, which is written into it when it is sent or shown. */
export const TOKEN_PLACEHOLDER = "evenhour-token";

type Composed = { recipient: string; subject: string; text: string; html: string };

/** Puts a mail into the outbox and asks the jobs to send it, in the transaction of its cause. */
export async function postMail(tx: Tx, mail: Composed, now: Date): Promise<void> {
  await insertMail(tx, newId(), mail, null, now);
}

/** A mail that nobody asked for: one too many for its address in a day is left out. */
export async function postNotice(tx: Tx, mail: Composed, now: Date): Promise<void> {
  if (await countedWithin(tx, "mailToAddress", mail.recipient, now)) await postMail(tx, mail, now);
}

/** A mail with a link, in whose place a placeholder stands in `text` and `html`. */
export async function postLink(
  tx: Tx,
  mail: Composed,
  link: { token: string; expiresAt: Date },
  now: Date,
): Promise<void> {
  const mailId = newId();
  await insertMail(tx, mailId, mail, link.expiresAt, now);
  await tx.mailToken.create({ data: { mailId, sealed: sealToken(link.token, mailId) } });
}

async function insertMail(tx: Tx, id: string, mail: Composed, expiresAt: Date | null, now: Date) {
  await tx.mail.create({ data: { id, ...mail, createdAt: now, expiresAt } });
  await enqueueJob(tx, {
    task: "send-mail",
    payload: { mailId: id },
    runAt: now,
    key: `mail:${id}`,
  });
}

/**
 * As many statements and a commit as for a link that somebody gets, so that the time of the answer
 * tells nothing; the job that it leaves finds no mail to send.
 */
export async function postDummy(tx: Tx, now: Date): Promise<void> {
  const mailId = newId();
  await tx.mail.findUnique({ where: { id: mailId } });
  await enqueueJob(tx, {
    task: "send-mail",
    payload: { mailId },
    runAt: now,
    key: `mail:${mailId}`,
  });
  await tx.mailToken.findUnique({ where: { mailId } });
}

type Stored = {
  id: string;
  text: string;
  html: string;
  expiresAt: Date | null;
  token: { sealed: string } | null;
};

/** A mail of the outbox as its reader gets it; null when the token of its link is gone. */
export function readableMail<Mail extends Stored>(mail: Mail): Mail | null {
  if (mail.expiresAt === null) return mail;
  const token = mail.token && unsealToken(mail.token.sealed, mail.id);
  if (!token) return null;
  const filled = (text: string) => text.replaceAll(TOKEN_PLACEHOLDER, token);
  return { ...mail, text: filled(mail.text), html: filled(mail.html) };
}
