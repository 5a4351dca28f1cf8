import { db, transaction } from "../db/client";
import { dateOf, dayOf } from "../db/read/availability";
import {
  type DayException,
  requireException,
  tidyWeek,
  type WeekWindow,
} from "../domain/availability";
import { localOf } from "../domain/calendar";
import { DomainError } from "../domain/errors";
import type { MemberContext } from "./context";
import { lockMe } from "./locks";
import { claimId } from "./request-id";

/** Days that differ, ahead of today; more is a calendar of its own. */
export const MOST_EXCEPTIONS = 50;

/**
 * Writes a member's week anew.
 * @param input `travelMinutes` are kept free around what is agreed
 * @returns the week in order
 * @throws DomainError windowBackwards, notFound
 */
export async function keepWeek(
  ctx: MemberContext,
  { week, travelMinutes }: { week: WeekWindow[]; travelMinutes: number },
): Promise<{ week: WeekWindow[] }> {
  const { communityId, me } = ctx;
  const tidy = tidyWeek(week);
  const memberId = me.id;
  await transaction(async (tx) => {
    // Two sendings of one form queue here, so that the second finds the first one's week.
    await lockMe(tx, ctx);
    await tx.availability.deleteMany({ where: { communityId, memberId } });
    await tx.availability.createMany({
      data: tidy.map((window) => ({ communityId, memberId, ...window })),
    });
    await tx.member.updateMany({ where: { communityId, id: memberId }, data: { travelMinutes } });
  });
  return { week: tidy };
}

/**
 * Days on which a member is away or can at other times.
 * @throws DomainError dateNotReal, daysBackwards, windowHalf, windowBackwards, tooManyExceptions,
 *   idTaken, sameIdOtherContent
 */
export async function addException(
  ctx: MemberContext,
  { id, ...days }: DayException & { id: string },
): Promise<void> {
  const { communityId, community, me, now } = ctx;
  const { starts, ends } = days;
  await transaction(async (tx) => {
    const request = { id, procedure: "availability.addException", content: days };
    const isNew = await claimId(tx, ctx, request, async () => {
      const row = await tx.dayException.findUnique({
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
    requireException(days);
    // Two at once would both find room for the last one.
    await lockMe(tx, ctx);
    const today = localOf(now, community.timeZone).date;
    const ahead = await tx.dayException.count({
      where: { communityId, memberId: me.id, lastDay: { gte: dateOf(today) } },
    });
    if (ahead >= MOST_EXCEPTIONS)
      throw new DomainError("tooManyExceptions", { max: MOST_EXCEPTIONS });
    await tx.dayException.createMany({
      data: [
        {
          ...{ communityId, id, memberId: me.id, starts, ends },
          ...{ firstDay: dateOf(days.firstDay), lastDay: dateOf(days.lastDay) },
        },
      ],
    });
  });
}

/** Takes such days back. @throws DomainError notFound */
export async function removeException(
  { communityId, me }: MemberContext,
  { id }: { id: string },
): Promise<void> {
  const gone = await db.dayException.deleteMany({ where: { communityId, id, memberId: me.id } });
  if (gone.count === 0) throw new DomainError("notFound");
}
