import type { Tx } from "../db/client";
import { enqueueJob } from "../db/write/job";
import { newId } from "./secret";

/** Puts a mail into the outbox and asks the jobs to send it, in the transaction of its cause. */
export async function postMail(
  tx: Tx,
  mail: { recipient: string; subject: string; text: string; html: string },
  now: Date,
): Promise<void> {
  const id = newId();
  await tx.mail.create({ data: { id, ...mail, createdAt: now } });
  await enqueueJob(tx, {
    task: "send-mail",
    payload: { mailId: id },
    runAt: now,
    key: `mail:${id}`,
  });
}

/**
 * As many statements and a commit as for a mail that somebody gets, so that the time of the answer
 * tells nothing; the job that it leaves finds no mail to send.
 */
export async function postNothing(tx: Tx, now: Date): Promise<void> {
  const mailId = newId();
  await tx.mail.findUnique({ where: { id: mailId } });
  await enqueueJob(tx, {
    task: "send-mail",
    payload: { mailId },
    runAt: now,
    key: `mail:${mailId}`,
  });
}
