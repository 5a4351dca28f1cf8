import type { Tx } from "../client";

export type Job =
  | {
      task: "exchange-due";
      payload: { communityId: string; exchangeId: string };
      runAt: Date;
      key: string;
    }
  | { task: "send-mail"; payload: { mailId: string }; runAt: Date; key: string };

/** Asks for a job in the same transaction; one with the same key takes its place. */
export async function enqueueJob(tx: Tx, { task, payload, runAt, key }: Job): Promise<void> {
  await tx.$executeRaw`SELECT enqueue_job(${task}, ${JSON.stringify(payload)}::jsonb, ${runAt}::timestamptz, ${key})`;
}

/** Takes back the job of that key, if it still waits. */
export async function cancelJob(tx: Tx, key: string): Promise<void> {
  await tx.$executeRaw`SELECT cancel_job(${key})`;
}
