/** Subscriptions to web push: one for each session that switched it on. */
import { DomainError } from "../../domain/kernel/errors";
import { isPushEndpoint } from "../../domain/push/push";
import type { SubscriptionInput } from "../../domain/push/schema";
import { lockRecentSignIn, type RecentSignIn } from "../identity/session";
import { db, transaction } from "../platform/db/client";
import { newId } from "../platform/tokens";
import { leadsOutside } from "./address";
import { isBrowserKey } from "./vapid";

/** Of one user; a new one replaces the oldest. */
const MAX_SUBSCRIPTIONS = 10;

/**
 * Switches push on for the caller's session, with the subscription that its browser made. It ends with the session.
 * @throws DomainError pushRefused for an endpoint that is none of a push service, or an invalid key; signInFirst when
 *   the session was ended meanwhile
 */
export async function subscribe(
  actor: RecentSignIn,
  { endpoint, p256dh, authSecret, fullText }: SubscriptionInput,
  now: Date,
): Promise<void> {
  const isValid =
    isPushEndpoint(endpoint) &&
    isBrowserKey(p256dh) &&
    (await leadsOutside(new URL(endpoint).hostname));
  if (!isValid) throw new DomainError("pushRefused");
  const { userId, sessionId } = actor;
  await transaction(async (tx) => {
    await lockRecentSignIn(tx, actor);
    // A browser that another user used before has the same endpoint.
    await tx.pushSubscription.deleteMany({ where: { OR: [{ sessionId }, { endpoint }] } });
    const others = await tx.pushSubscription.findMany({
      where: { userId },
      orderBy: { createdAt: "desc" },
      skip: MAX_SUBSCRIPTIONS - 1,
      select: { id: true },
    });
    await tx.pushSubscription.deleteMany({ where: { id: { in: others.map(({ id }) => id) } } });
    await tx.pushSubscription.create({
      data: {
        id: newId(),
        userId,
        sessionId,
        endpoint,
        p256dh,
        authSecret,
        fullText,
        createdAt: now,
      },
    });
  });
}

/**
 * Chooses whether the notifications on one of a user's devices say who did what.
 * @throws DomainError notFound
 */
export async function chooseText(
  userId: string,
  { id, fullText }: { id: string; fullText: boolean },
): Promise<void> {
  const { count } = await db.pushSubscription.updateMany({
    where: { id, userId },
    data: { fullText },
  });
  if (count === 0) throw new DomainError("notFound");
}

/** Ends one of a user's subscriptions. @throws DomainError notFound */
export async function unsubscribe(userId: string, id: string): Promise<void> {
  const { count } = await db.pushSubscription.deleteMany({ where: { id, userId } });
  if (count === 0) throw new DomainError("notFound");
}

/** How long a push is worth delivering, for this server and for the push service. */
export const LIFETIME_MS = 2 * 86_400_000;

/** Deletes pushes that could not be sent in time. A nightly job calls it. */
export async function deleteOldPushes(now: Date): Promise<void> {
  await db.push.deleteMany({ where: { createdAt: { lt: new Date(now.getTime() - LIFETIME_MS) } } });
}
