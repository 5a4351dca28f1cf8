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
