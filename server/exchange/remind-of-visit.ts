import { notify } from "../notification/commands";
import { transaction } from "../platform/db/client";
import { enqueueJob } from "../platform/jobs/job";
import { VISIT_REMINDER_MS } from "./apply-transition";
import { lockExchange } from "./rows";

/** A job may run this much early. */
const TOLERANCE_MS = 60_000;

/**
 * Reminds both sides of agreed help, once for each date, the day before. A job that runs before that, since the date
 * has changed, enqueues itself again.
 */
export async function remindOfVisit(
  { communityId, exchangeId }: { communityId: string; exchangeId: string },
  now: Date,
): Promise<void> {
  await transaction(async (tx) => {
    const { status, startsAt, giverId, receiverId } = await lockExchange(
      tx,
      communityId,
      exchangeId,
    );
    if (status !== "agreed" || startsAt <= now) return;
    const runAt = new Date(startsAt.getTime() - VISIT_REMINDER_MS);
    if (runAt.getTime() > now.getTime() + TOLERANCE_MS) {
      const key = `visit:${communityId}:${exchangeId}`;
      await enqueueJob(tx, {
        task: "remind-of-visit",
        payload: { communityId, exchangeId },
        runAt,
        key,
      });
      return;
    }
    const reminded = await tx.notification.findFirst({
      where: {
        communityId,
        exchangeId,
        event: "visitSoon",
        createdAt: { gte: new Date(runAt.getTime() - TOLERANCE_MS) },
      },
    });
    if (reminded) return;
    const memberIds = [giverId, receiverId];
    const what = { event: "visitSoon", kind: "needed", memberIds, by: null, at: now } as const;
    await notify(tx, communityId, { exchangeId }, what);
  });
}
