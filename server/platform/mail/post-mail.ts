import type { Tx } from "../db/client";
import { env } from "../env";
import { enqueueJob } from "../jobs/job";
import { countedWithin } from "../rate-limit";
import { newId, sealToken, unsealToken } from "../tokens";
import { unsubscribeToken } from "./unsubscribe-link";

/** Replaces the token in a stored e-mail. The real token is filled in when the e-mail is sent or shown. */
export const TOKEN_PLACEHOLDER = "evenhour-token";

/** Replaces the address of the page that stops e-mails of a kind; it is filled in when the e-mail is sent. */
export const UNSUBSCRIBE_PLACEHOLDER = "https://evenhour-unsubscribe.invalid/";

type Composed = { recipient: string; subject: string; text: string; html: string };

/** What an e-mail that notifies a member has besides its text; see the columns of `mail`. */
type Notice = Composed & {
  id?: string;
  communityId?: string;
  memberId?: string;
  kind?: string | null;
  thread?: string;
  calendar?: string | null;
};

/** Adds an e-mail to the outbox and enqueues the job that sends it, both in the caller's transaction. */
export async function postMail(tx: Tx, mail: Composed, now: Date): Promise<void> {
  await insertMail(tx, newId(), mail, null, now);
}

/** Posts an e-mail that its recipient did not request, unless the address has reached its daily limit. */
export async function postNotice(
  tx: Tx,
  { id = newId(), ...mail }: Notice,
  now: Date,
): Promise<void> {
  if (await countedWithin(tx, "mailToAddress", mail.recipient, now)) {
    await insertMail(tx, id, mail, null, now);
  }
}

/** Posts an e-mail whose `text` and `html` contain TOKEN_PLACEHOLDER in place of the link's token. */
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

async function insertMail(tx: Tx, id: string, mail: Notice, expiresAt: Date | null, now: Date) {
  await tx.mail.create({ data: { id, ...mail, createdAt: now, expiresAt } });
  await enqueueJob(tx, {
    task: "send-mail",
    payload: { mailId: id },
    runAt: now,
    key: `mail:${id}`,
  });
}

/**
 * Runs as many statements as `postLink`, so that the response time does not reveal whether an account
 * exists. The job that it enqueues finds no e-mail to send.
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
  communityId: string | null;
  memberId: string | null;
  kind: string | null;
  token: { sealed: string } | null;
};

/** The token of the e-mail's unsubscribe link; null when nothing can be switched off. */
export const unsubscribeOf = ({
  communityId,
  memberId,
  kind,
}: Pick<Stored, "communityId" | "memberId" | "kind">): string | null =>
  communityId && memberId && kind ? unsubscribeToken({ communityId, memberId, kind }) : null;

/** An e-mail of the outbox with its token filled in; null when the token was deleted. */
export function readableMail<Mail extends Stored>(mail: Mail): Mail | null {
  const unsubscribe = unsubscribeOf(mail);
  const token = mail.token && unsealToken(mail.token.sealed, mail.id);
  if (mail.expiresAt !== null && !token) return null;
  const fillIn = (text: string) =>
    text
      .replaceAll(TOKEN_PLACEHOLDER, token ?? TOKEN_PLACEHOLDER)
      .replaceAll(UNSUBSCRIBE_PLACEHOLDER, `${env().PUBLIC_URL}/unsubscribe/${unsubscribe ?? ""}`);
  return { ...mail, text: fillIn(mail.text), html: fillIn(mail.html) };
}
