/** E-mails that do not arrive: after two in a row that a server refused for good, no more are sent there. */
import type { Tx } from "../platform/db/client";
import { notify } from "./commands";

/** The number of refusals in a row that pauses the e-mails to an address. */
const MAX_FAILURES = 2;

/**
 * Counts an e-mail that the recipient's server refused for good. When that pauses the address, the member is notified
 * on the pages, and the coordinators of each of their communities, who can ask them for another address.
 */
export async function countMailFailure(tx: Tx, recipient: string, now: Date): Promise<void> {
  const [user] = await tx.$queryRaw<{ id: string; isPaused: boolean }[]>`
    UPDATE "user" SET mail_failures = mail_failures + 1,
      mail_paused_at = CASE WHEN mail_failures + 1 >= ${MAX_FAILURES} THEN ${now}::timestamptz END
    WHERE email = ${recipient} AND mail_paused_at IS NULL
    RETURNING id, mail_paused_at IS NOT NULL AS "isPaused"`;
  if (!user?.isPaused) return;
  const members = await tx.member.findMany({
    where: { userId: user.id, status: { in: ["active", "paused"] } },
    select: { communityId: true, id: true },
  });
  for (const { communityId, id } of members) {
    const coordinators = await tx.member.findMany({
      where: { communityId, role: "coordinator", status: "active", id: { not: id } },
      select: { id: true },
    });
    const about = { aboutId: id };
    const event = { event: "mailPaused", by: null, at: now } as const;
    await notify(tx, communityId, about, { ...event, kind: "needed", memberIds: [id] });
    await notify(tx, communityId, about, {
      ...event,
      kind: "coordination",
      memberIds: coordinators.map((each) => each.id),
    });
  }
}
