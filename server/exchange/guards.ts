/** What proposing and recording have in common. */

import { DomainError } from "../../domain/kernel/errors";
import type { MemberContext } from "../membership/context";
import type { Unclaimed } from "../membership/request-id";
import type { Tx } from "../platform/db/client";

/** What a form says of an exchange that does not change afterwards. */
type Beginning = {
  kind: "proposed" | "recorded";
  title: string;
  category: string;
  minutes: number;
  otherId?: string | undefined;
  listingId?: string | undefined;
};

/** An exchange that has this id already, compared by what its row and its first event still tell. */
export async function findUnclaimedExchange(
  tx: Tx,
  { communityId, me }: MemberContext,
  id: string,
  asked: Beginning,
): Promise<Unclaimed | null> {
  const first = await tx.exchangeEvent.findFirst({
    where: { communityId, exchangeId: id, version: 1 },
    include: { exchange: true },
  });
  if (!first) return null;
  const { title, category, giverId, receiverId, listingId } = first.exchange;
  const isSame =
    first.kind === asked.kind &&
    first.minutes === asked.minutes &&
    title === asked.title &&
    category === asked.category &&
    listingId === (asked.listingId ?? null) &&
    (asked.otherId === undefined || asked.otherId === (giverId === me.id ? receiverId : giverId));
  return { memberId: first.memberId, isSame };
}

/** @throws DomainError notFound, sameGiverAndReceiver, memberNotActive */
export async function requireOther(
  tx: Tx,
  ctx: MemberContext,
  otherId: string | undefined,
): Promise<{ id: string; displayName: string }> {
  const { communityId, me } = ctx;
  if (!otherId) throw new DomainError("notFound");
  if (otherId === me.id) throw new DomainError("sameGiverAndReceiver", {}, "otherId");
  const other = await tx.member.findUnique({
    where: { communityId_id: { communityId, id: otherId } },
  });
  if (!other) throw new DomainError("notFound");
  if (other.status !== "active") throw new DomainError("memberNotActive", {}, "otherId");
  return other;
}

type Sides = { giverId: string; receiverId: string };

const DAY = 24 * 60 * 60 * 1000;

/**
 * Asks before the same help is recorded a second time: by one side twice, by both sides, or beside
 * what was agreed for that day. Called behind the locks of both members' rows (member-limits.ts), so
 * that what both send in the same instant is looked at in turn.
 * @param startsAt noon of the day of the help
 * @throws DomainError recordedByYou, recordedByThem, agreedForThatDay; `about` is the other exchange
 */
export async function requireNewRecord(
  tx: Tx,
  { communityId, me, now }: MemberContext,
  { startsAt, minutes, name, ...sides }: Sides & { startsAt: Date; minutes: number; name: string },
): Promise<void> {
  const noon = startsAt.getTime();
  // Noon by the community's clock: half a day to both sides is that day, but for an hour twice a year.
  const thatDay = { gte: new Date(noon - DAY / 2), lt: new Date(noon + DAY / 2) };
  const found = await tx.exchange.findFirst({
    where: {
      communityId,
      ...sides,
      reversedAt: null,
      OR: [
        { agreedAt: { not: null }, status: { in: ["agreed", "reported"] }, startsAt: thatDay },
        {
          agreedAt: null,
          status: { in: ["reported", "disputed", "settled"] },
          OR: [
            { startsAt: thatDay },
            { minutes, createdAt: { gt: new Date(now.getTime() - DAY) } },
          ],
        },
      ],
    },
    orderBy: [{ agreedAt: { sort: "desc", nulls: "last" } }, { createdAt: "desc" }],
    include: { events: { where: { version: 1 }, select: { memberId: true } } },
  });
  if (!found) return;
  const values = { name, about: found.id, recorded: found.reportedMinutes ?? found.minutes };
  if (found.agreedAt) throw new DomainError("agreedForThatDay", values);
  const isMine = found.events[0]?.memberId === me.id;
  throw new DomainError(isMine ? "recordedByYou" : "recordedByThem", values);
}

/**
 * Asks before the same help is proposed a second time, by either side. Called behind the same locks.
 * @throws DomainError proposedBefore; `about` is the other exchange
 */
export async function requireNewProposal(
  tx: Tx,
  { communityId }: MemberContext,
  { startsAt, minutes, name, ...sides }: Sides & { startsAt: Date; minutes: number; name: string },
): Promise<void> {
  const found = await tx.exchange.findFirst({
    where: { communityId, ...sides, startsAt, minutes, status: { in: ["proposed", "agreed"] } },
    select: { id: true },
  });
  if (found) throw new DomainError("proposedBefore", { name, about: found.id, recorded: minutes });
}
