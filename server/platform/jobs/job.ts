import type { Tx } from "../db/client";
import { Prisma } from "../db/generated/client";

export type Job =
  | {
      task: "exchange-due";
      payload: { communityId: string; exchangeId: string };
      runAt: Date;
      key: string;
    }
  | { task: "send-mail"; payload: { mailId: string }; runAt: Date; key: string };

/** The call that asks for a job, for a statement that does more; one with the same key takes its place. */
export const enqueueJobSql = ({ task, payload, runAt, key }: Job): Prisma.Sql =>
  Prisma.sql`enqueue_job(${task}, ${JSON.stringify(payload)}::jsonb, ${runAt}::timestamptz, ${key})`;

/** The call that takes back the job of that key, if it still waits. */
export const cancelJobSql = (key: string): Prisma.Sql => Prisma.sql`cancel_job(${key})`;

/** Asks for a job in the same transaction. */
export async function enqueueJob(tx: Tx, job: Job): Promise<void> {
  await tx.$executeRaw`SELECT ${enqueueJobSql(job)}`;
}

/** Takes back the job of that key, if it still waits. */
export async function cancelJob(tx: Tx, key: string): Promise<void> {
  await tx.$executeRaw`SELECT ${cancelJobSql(key)}`;
}
