import type { Tx } from "../db/client";
import { Prisma } from "../db/generated/client";

export type Job =
  | {
      task: "exchange-due";
      payload: { communityId: string; exchangeId: string };
      runAt: Date;
      key: string;
    }
  | {
      task: "deliver-notifications";
      /** `subject`: a column of `notification` with its value. */
      payload: { communityId: string; subject: Record<string, string> };
      runAt: Date;
      key: string;
    }
  | {
      task: "remind-of-visit";
      payload: { communityId: string; exchangeId: string };
      runAt: Date;
      key: string;
    }
  | {
      task: "send-push";
      payload: { communityId: string; pushId: string };
      runAt: Date;
      key: string;
    }
  | { task: "send-mail"; payload: { mailId: string }; runAt: Date; key: string };

/** The SQL call that enqueues a job, for use within a larger statement. It replaces a job with the same key. */
export const enqueueJobSql = ({ task, payload, runAt, key }: Job): Prisma.Sql =>
  Prisma.sql`enqueue_job(${task}, ${JSON.stringify(payload)}::jsonb, ${runAt}::timestamptz, ${key})`;

/** The SQL call that cancels the job with that key, unless it is running. */
export const cancelJobSql = (key: string): Prisma.Sql => Prisma.sql`cancel_job(${key})`;

/** Enqueues a job in the caller's transaction. */
export async function enqueueJob(tx: Tx, job: Job): Promise<void> {
  await tx.$executeRaw`SELECT ${enqueueJobSql(job)}`;
}

/** Cancels the job with that key, unless it is running. */
export async function cancelJob(tx: Tx, key: string): Promise<void> {
  await tx.$executeRaw`SELECT ${cancelJobSql(key)}`;
}
