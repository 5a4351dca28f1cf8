import {
  type AvailabilityOverride,
  normalizeWeek,
  requireOverride,
  type WeekWindow,
} from "../../domain/availability/availability";
import { localOf } from "../../domain/kernel/calendar";
import { DomainError } from "../../domain/kernel/errors";
import type { MemberContext } from "../membership/context";
import { lockMe } from "../membership/locks";
import { claimId } from "../membership/request-id";
import { db, transaction } from "../platform/db/client";
import { dateOf, dayOf } from "./queries";

/** Overrides of one member from today on. */
export const MAX_OVERRIDES = 50;

/**
 * Replaces a member's usual week.
 * @param input `travelMinutes` stay free around agreed exchanges
 * @returns the normalized week
 * @throws DomainError windowBackwards, notFound
 */
export async function saveWeek(
  ctx: MemberContext,
  { week, travelMinutes }: { week: WeekWindow[]; travelMinutes: number },
): Promise<{ week: WeekWindow[] }> {
  const { communityId, me } = ctx;
  const normalized = normalizeWeek(week);
  const memberId = me.id;
  await transaction(async (tx) => {
    // Serializes two submissions of one form, so that the second replaces the first one's week.
    await lockMe(tx, ctx);
    await tx.availability.deleteMany({ where: { communityId, memberId } });
    await tx.availability.createMany({
      data: normalized.map((window) => ({ communityId, memberId, ...window })),
    });
    await tx.member.updateMany({ where: { communityId, id: memberId }, data: { travelMinutes } });
  });
  return { week: normalized };
}

/**
 * Adds days on which a member is away or free at other times.
 * @throws DomainError dateNotReal, daysBackwards, windowHalf, windowBackwards, tooManyExceptions,
 *   idTaken, sameIdOtherContent
 */
export async function addOverride(
  ctx: MemberContext,
  { id, ...days }: AvailabilityOverride & { id: string },
): Promise<void> {
  const { communityId, community, me, now } = ctx;
  const { starts, ends } = days;
  await transaction(async (tx) => {
    const request = { id, procedure: "availability.addOverride", content: days };
    const isNew = await claimId(tx, ctx, request, async () => {
      const row = await tx.availabilityOverride.findUnique({
        where: { communityId_id: { communityId, id } },
      });
      if (!row) return null;
      const isSame =
        dayOf(row.firstDay) === days.firstDay &&
        dayOf(row.lastDay) === days.lastDay &&
        row.starts === starts &&
        row.ends === ends;
      return { memberId: row.memberId, isSame };
    });
    if (!isNew) return;
    requireOverride(days);
    // Before counting, so that concurrent requests cannot exceed the limit.
    await lockMe(tx, ctx);
    const today = localOf(now, community.timeZone).date;
    const ahead = await tx.availabilityOverride.count({
      where: { communityId, memberId: me.id, lastDay: { gte: dateOf(today) } },
    });
    if (ahead >= MAX_OVERRIDES) throw new DomainError("tooManyExceptions", { max: MAX_OVERRIDES });
    await tx.availabilityOverride.createMany({
      data: [
        {
          communityId,
          id,
          memberId: me.id,
          starts,
          ends,
          firstDay: dateOf(days.firstDay),
          lastDay: dateOf(days.lastDay),
        },
      ],
    });
  });
}

/** @throws DomainError notFound */
export async function removeOverride(
  { communityId, me }: MemberContext,
  { id }: { id: string },
): Promise<void> {
  const deleted = await db.availabilityOverride.deleteMany({
    where: { communityId, id, memberId: me.id },
  });
  if (deleted.count === 0) throw new DomainError("notFound");
}
