/** Sends the pushes of the outbox. */
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import webPush from "web-push";
import { isPushEndpoint } from "../../domain/push/push";
import { activeSessions } from "../identity/session";
import { db, transaction } from "../platform/db/client";
import { env } from "../platform/env";
import { enqueueJob } from "../platform/jobs/job";
import { log } from "../platform/log";
import { AddressRefused, guardedLookup, isPublicAddress } from "./address";
import { LIFETIME_MS } from "./commands";
import { sendJob } from "./post-push";
import { vapidKeys } from "./vapid";

/** What may be called. Tests pass their own network. */
export type Network = {
  isEndpoint: (endpoint: string) => boolean;
  isAddress: (address: string) => boolean;
  timeoutMs: number;
};

const publicNetwork: Network = {
  isEndpoint: isPushEndpoint,
  isAddress: isPublicAddress,
  timeoutMs: 8000,
};

/** The wait of a subscription whose push service does not answer: four times as long after each failure. */
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 8 * 3_600_000;
/** The subscription has ended (RFC 8030, 7.3). */
const ENDED = new Set([404, 410]);
/** Worth another attempt, as is every status of 500 or above. */
const LATER = new Set([408, 425, 429]);

/**
 * Sends a push once. It is not sent when its notification was seen or withdrawn, its session has ended, or it is too
 * old. A push service that does not answer delays all pushes of the subscription; one that says that the
 * subscription has ended deletes it.
 */
export async function sendPush(
  { communityId, pushId }: { communityId: string; pushId: string },
  now: Date,
  network = publicNetwork,
): Promise<void> {
  const where = { communityId_id: { communityId, id: pushId } };
  const push = await db.push.findUnique({
    where,
    include: { subscription: true, notification: true },
  });
  if (!push) return;
  const { subscription, notification } = push;
  const remove = () => db.push.deleteMany({ where: { communityId, id: pushId } });
  const end = () => db.pushSubscription.deleteMany({ where: { id: subscription.id } });
  const isLate = now.getTime() - push.createdAt.getTime() > LIFETIME_MS;
  const sessions = await activeSessions([subscription.sessionId], now);
  if (isLate || notification.seenAt || notification.withdrawnAt || sessions.size === 0) {
    await remove();
    return;
  }
  const { retryAt } = subscription;
  if (retryAt && retryAt > now) {
    await transaction((tx) => enqueueJob(tx, sendJob(communityId, pushId, retryAt)));
    return;
  }
  const status = await call(push, network);
  if (status === "refused" || (typeof status === "number" && ENDED.has(status))) {
    await end();
  } else if (status === "unreachable" || status >= 500 || LATER.has(status)) {
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 4 ** subscription.failures);
    const next = new Date(now.getTime() + wait);
    await transaction(async (tx) => {
      await tx.pushSubscription.updateMany({
        where: { id: subscription.id },
        data: { failures: { increment: 1 }, retryAt: next },
      });
      await enqueueJob(tx, sendJob(communityId, pushId, next));
    });
  } else {
    const isSent = status < 300;
    if (!isSent) {
      const { host } = new URL(subscription.endpoint);
      log.warn("push", `The push service at ${host} refused a notification with status ${status}.`);
    }
    await db.$transaction([
      db.push.deleteMany({ where: { communityId, id: pushId } }),
      db.pushSubscription.updateMany({
        where: { id: subscription.id },
        data: { failures: 0, retryAt: null, ...(isSent && { lastSentAt: now }) },
      }),
    ]);
  }
}

type Sending = {
  payload: string;
  topic: string;
  isUrgent: boolean;
  subscription: { endpoint: string; p256dh: string; authSecret: string };
};

/** @returns the status of the push service; "refused" for an endpoint or address that may not be called */
async function call(
  { payload, topic, isUrgent, subscription }: Sending,
  { isEndpoint, isAddress, timeoutMs }: Network,
): Promise<number | "refused" | "unreachable"> {
  const { endpoint, p256dh, authSecret } = subscription;
  if (!isEndpoint(endpoint)) return "refused";
  const { method, headers, body } = webPush.generateRequestDetails(
    { endpoint, keys: { p256dh, auth: authSecret } },
    payload,
    {
      vapidDetails: { subject: contact(), ...vapidKeys() },
      TTL: LIFETIME_MS / 1000,
      topic,
      urgency: isUrgent ? "high" : "normal",
    },
  );
  return new Promise((done) => {
    const start = endpoint.startsWith("https:") ? requestHttps : requestHttp;
    const sent = start(
      endpoint,
      {
        method,
        headers,
        agent: false,
        lookup: guardedLookup(isAddress),
        // From the lookup to the head of the answer, whose body is not read.
        signal: AbortSignal.timeout(timeoutMs),
      },
      (answer) => {
        done(answer.statusCode ?? 500);
        answer.destroy();
      },
    );
    sent.once("error", (error) =>
      done(error instanceof AddressRefused ? "refused" : "unreachable"),
    );
    sent.end(body);
  });
}

/** Where a push service reaches the operator: RFC 8292 wants an https or mailto address. */
function contact(): string {
  const { PUBLIC_URL } = env();
  return PUBLIC_URL.startsWith("https:") ? PUBLIC_URL : "mailto:evenhour@localhost";
}
