import { db, transaction } from "../db/client";
import { dateOf } from "../db/read/availability";
import {
  type DayException,
  requireException,
  tidyWeek,
  type WeekWindow,
} from "../domain/availability";
import { localOf } from "../domain/calendar";
import { DomainError } from "../domain/errors";
import type { MemberContext } from "./context";
import { lockMe } from "./member-limits";

/** Days that differ, ahead of today; more is a calendar of its own. */
export const MOST_EXCEPTIONS = 50;

/**
 * Writes a member's week anew.
 * @param input `travelMinutes` are kept free around what is agreed
 * @returns the week in order
 * @throws DomainError windowBackwards
 */
export async function keepWeek(
  { communityId, me }: MemberContext,
  { week, travelMinutes }: { week: WeekWindow[]; travelMinutes: number },
): Promise<{ week: WeekWindow[] }> {
  const tidy = tidyWeek(week);
  const memberId = me.id;
  await transaction(async (tx) => {
    // Two sendings of one form queue here, so that the second finds the first one's week.
    await tx.$queryRaw`SELECT id FROM member
      WHERE community_id = ${communityId}::uuid AND id = ${memberId}::uuid FOR NO KEY UPDATE`;
    await tx.availability.deleteMany({ where: { communityId, memberId } });
    await tx.availability.createMany({
      data: tidy.map((window) => ({ communityId, memberId, ...window })),
    });
    await tx.member.updateMany({ where: { communityId, id: memberId }, data: { travelMinutes } });
  });
  return { week: tidy };
}

/**
 * Days on which a member is away or can at other times. The same id again is the same days.
 * @throws DomainError dateNotReal, daysBackwards, windowHalf, windowBackwards, tooManyExceptions, idTaken
 */
export async function addException(
  ctx: MemberContext,
  { id, ...days }: DayException & { id: string },
): Promise<void> {
  requireException(days);
  const { communityId, community, me, now } = ctx;
  const today = localOf(now, community.timeZone).date;
  const { starts, ends } = days;
  const row = {
    ...{ communityId, id, memberId: me.id, starts, ends },
    ...{ firstDay: dateOf(days.firstDay), lastDay: dateOf(days.lastDay) },
  };
  await transaction(async (tx) => {
    // Two at once would both find room for the last one.
    await lockMe(tx, ctx);
    const ahead = await tx.dayException.count({
      where: { communityId, memberId: me.id, lastDay: { gte: dateOf(today) }, id: { not: id } },
    });
    if (ahead >= MOST_EXCEPTIONS) {
      throw new DomainError("tooManyExceptions", { max: MOST_EXCEPTIONS });
    }
    await tx.dayException.createMany({ data: [row], skipDuplicates: true });
    const kept = await tx.dayException.findUnique({
      where: { communityId_id: { communityId, id } },
      select: { memberId: true },
    });
    if (kept?.memberId !== me.id) throw new DomainError("idTaken");
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
