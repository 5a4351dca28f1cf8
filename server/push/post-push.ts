import { createHash } from "node:crypto";
import { type PushPayload, writePayload } from "../../domain/push/push";
import { activeSessions } from "../identity/session";
import type { Tx } from "../platform/db/client";
import { enqueueJob } from "../platform/jobs/job";
import { countedWithin } from "../platform/rate-limit";
import { newId } from "../platform/tokens";

type Text = Pick<PushPayload, "title" | "body">;

export type PushContent = Pick<PushPayload, "path" | "lang" | "dir"> & {
  communityId: string;
  notificationId: string;
  /** Without names and titles, for a locked screen. */
  neutral: Text;
  full: Text;
  /** What it is about: a later push about the same replaces an earlier one. */
  about: string;
  isUrgent: boolean;
};

/** 32 characters, as RFC 8030 allows. It differs between devices, so that a push service cannot compare them. */
const topicOf = (subscriptionId: string, about: string): string =>
  createHash("sha256").update(`${subscriptionId} ${about}`).digest("base64url").slice(0, 32);

/**
 * Adds a push for each of a user's devices to the outbox and enqueues the jobs that send them, in the caller's
 * transaction, unless the user has reached the daily limit.
 */
export async function postPushes(
  tx: Tx,
  userId: string,
  { communityId, notificationId, neutral, full, about, isUrgent, ...where }: PushContent,
  now: Date,
): Promise<void> {
  const subscriptions = await tx.pushSubscription.findMany({ where: { userId } });
  const active = await activeSessions(
    subscriptions.map(({ sessionId }) => sessionId),
    now,
    tx,
  );
  const devices = subscriptions.filter(({ sessionId }) => active.has(sessionId));
  if (devices.length === 0 || !(await countedWithin(tx, "pushToUser", userId, now))) return;
  for (const { id: subscriptionId, fullText } of devices) {
    const tag = topicOf(subscriptionId, about);
    const id = newId();
    const payload = writePayload({ ...(fullText ? full : neutral), ...where, tag });
    await tx.push.deleteMany({ where: { subscriptionId, topic: tag } });
    await tx.push.create({
      data: {
        id,
        subscriptionId,
        communityId,
        notificationId,
        payload,
        topic: tag,
        isUrgent,
        createdAt: now,
      },
    });
    await enqueueJob(tx, sendJob(communityId, id, now));
  }
}

export const sendJob = (communityId: string, pushId: string, runAt: Date) =>
  ({ task: "send-push", payload: { communityId, pushId }, runAt, key: `push:${pushId}` }) as const;
