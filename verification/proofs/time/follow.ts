/** Lets an exchange become due under adverse timing: early, late and repeated jobs, and two workers at once. */

import { processDueExchange } from "../../../server/exchange/process-due";
import { deliverNotifications } from "../../../server/notification/deliver";
import { db } from "../../../server/platform/db/client";
import { check } from "../proof";
import type { Scene } from "./scenes";

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Stated here a second time, so that a wrong value in the code is found. */
const PROPOSAL_DAYS = 14;
const UNREPORTED_DAYS = 30;

const LATE = [0, 1000, 5 * MINUTE, 60 * MINUTE, 3 * DAY];

type State = {
  status: string;
  startsAt: Date;
  dueAt: Date | null;
  remindedAt: Date | null;
  version: number;
};

/** @returns the outcomes for the tally @throws Violated */
export async function follow(scene: Scene, random: () => number): Promise<string[]> {
  const { place, id: exchangeId, kind } = scene;
  const payload = { communityId: place.id, exchangeId };
  const words: string[] = [];
  const look = (): Promise<State> =>
    db.exchange.findUniqueOrThrow({
      where: { communityId_id: { communityId: place.id, id: exchangeId } },
    });
  const { confirmationDays } = await db.community.findUniqueOrThrow({ where: { id: place.id } });
  const window = confirmationDays * DAY;

  for (let step = 0; step < 4; step += 1) {
    const before = await look();
    const due = expectedDue(scene, before, window);
    check(
      before.dueAt?.getTime() === due?.getTime(),
      `${kind} in ${place.zone} is due ${before.dueAt?.toISOString()}, not ${due?.toISOString()}`,
    );
    if (!due) break;
    const early = new Date(due.getTime() - 1 - random() * DAY);
    await Promise.all([processDueExchange(payload, early), processDueExchange(payload, early)]);
    check((await look()).version === before.version, `${kind} changed before it was due`);
    const lateness = LATE[Math.floor(random() * LATE.length)] ?? 0;
    if (lateness > 0) words.push("late");
    const now = new Date(due.getTime() + lateness);
    await Promise.all([
      processDueExchange(payload, now),
      processDueExchange(payload, now),
      processDueExchange(payload, now),
    ]);
    await processDueExchange(payload, now);
    const after = await look();
    if (!before.remindedAt && kind !== "proposed") {
      check(after.remindedAt?.getTime() === now.getTime(), `${kind} did not note its reminder`);
      check(after.status === before.status, `${kind} ${after.status} instead of reminding`);
      await deliverNotifications(
        { communityId: payload.communityId, subject: { exchangeId: payload.exchangeId } },
        // After the quiet hours.
        new Date(now.getTime() + DAY),
      );
      words.push("reminded");
      continue;
    }
    const end = {
      proposed: "expired",
      agreed: "expired",
      reported: "settled",
      recorded: "disputed",
    };
    check(after.status === end[kind], `${kind} ended ${after.status}`);
    check(after.version === before.version + 1, `${kind} ended more than once`);
    words.push(after.status);
    // A leftover job long afterwards finds nothing to do.
    await processDueExchange(payload, new Date(now.getTime() + 100 * DAY));
    check((await look()).version === after.version, `${kind} changed after its end`);
    break;
  }

  const mails = await db.notification.count({
    where: { exchangeId, event: "reminded", mailId: { not: null } },
  });
  const asked = { proposed: 0, agreed: 2, reported: 1, recorded: 1 };
  check(mails === asked[kind], `${kind} sent ${mails} reminders instead of ${asked[kind]}`);
  const moved = await db.transfer.findMany({ where: { communityId: place.id, exchangeId } });
  const minutes = moved.map((transfer) => transfer.minutes);
  const expected = kind === "reported" ? [scene.minutes] : [];
  check(`${minutes}` === `${expected}`, `${kind} moved ${minutes} instead of ${expected} minutes`);
  const held = await db.hold.findFirst({ where: { communityId: place.id, exchangeId } });
  check(held?.status !== "open", `${kind} left its minutes held`);
  return words;
}

/** The due time by the rules as documented for members: days of 24 hours from the event. */
function expectedDue({ kind, since, minutes }: Scene, state: State, window: number): Date | null {
  if (!["proposed", "agreed", "reported"].includes(state.status)) return null;
  const start = state.startsAt.getTime();
  if (kind === "proposed") {
    const proposed = since.getTime();
    return new Date(Math.min(Math.max(start, proposed + DAY), proposed + PROPOSAL_DAYS * DAY));
  }
  if (kind === "agreed") {
    const end = start + minutes * MINUTE;
    return new Date(state.remindedAt ? end + UNREPORTED_DAYS * DAY : end);
  }
  const half = window / 2;
  if (!state.remindedAt) return new Date(since.getTime() + half);
  return new Date(Math.max(since.getTime() + window, state.remindedAt.getTime() + half));
}
