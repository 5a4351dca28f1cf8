import { Temporal } from "temporal-polyfill";
import {
  type AvailabilityOverride,
  type Busy,
  freeSlots,
  type Slot,
  type WeekWindow,
} from "../../domain/availability/availability";
import { localOf } from "../../domain/kernel/calendar";
import { DomainError } from "../../domain/kernel/errors";
import { db, type Tx } from "../platform/db/client";

/** A date column, which Prisma returns as midnight in UTC, as `2026-12-01`. */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);
/** The inverse of `dayOf`. */
export const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);

export type ExceptionRow = AvailabilityOverride & { id: string };

/** A member's usual week and its overrides from `today` on. */
export async function readAvailability(
  communityId: string,
  memberId: string,
  today: string,
): Promise<{ week: WeekWindow[]; exceptions: ExceptionRow[] }> {
  const [week, exceptions] = await Promise.all([
    db.availability.findMany({
      where: { communityId, memberId },
      select: { weekday: true, starts: true, ends: true },
      orderBy: [{ weekday: "asc" }, { starts: "asc" }],
    }),
    db.availabilityOverride.findMany({
      where: { communityId, memberId, lastDay: { gte: dateOf(today) } },
      orderBy: [{ firstDay: "asc" }, { id: "asc" }],
    }),
  ]);
  return {
    week,
    exceptions: exceptions.map(({ id, firstDay, lastDay, starts, ends }) => ({
      id,
      firstDay: dayOf(firstDay),
      lastDay: dayOf(lastDay),
      starts,
      ends,
    })),
  };
}

/** A member's agreed exchanges between two instants; to be shown only to the member. */
async function readBusy(
  communityId: string,
  memberId: string,
  from: Date,
  until: Date,
): Promise<Busy[]> {
  const rows = await db.exchange.findMany({
    where: {
      communityId,
      status: "agreed",
      OR: [{ giverId: memberId }, { receiverId: memberId }],
      // An exchange lasts at most a thousand hours.
      startsAt: { gte: new Date(from.getTime() - 60_000 * 60_000), lt: until },
    },
    select: { startsAt: true, minutes: true },
  });
  return rows.map(({ startsAt, minutes }) => ({
    startsAt,
    endsAt: new Date(startsAt.getTime() + minutes * 60_000),
  }));
}

/**
 * The slots of `minutes` in a member's published availability. Only the viewer's own exchanges are
 * excluded: the slots must not reveal when the member is busy.
 * @param query `from` a local date (`2026-12-01`), for a number of `days`
 * @returns null when the member has published no availability, or is paused
 * @throws DomainError notFound
 */
export async function readSlots(
  community: { id: string; timeZone: string },
  memberId: string,
  viewerId: string,
  { from, days, minutes }: { from?: string | undefined; days: number; minutes: number },
  now: Date,
): Promise<Slot[] | null> {
  const { id: communityId, timeZone } = community;
  const today = localOf(now, timeZone).date;
  const first = from && from > today ? from : today;
  const member = await db.member.findUnique({
    where: { communityId_id: { communityId, id: memberId } },
    select: { status: true, travelMinutes: true },
  });
  if (!member || member.status === "applied") throw new DomainError("notFound");
  if (member.status !== "active") return null;
  // A window of the day before may reach past midnight into the first day.
  const before = Temporal.PlainDate.from(first).subtract({ days: 1 }).toString();
  const begins = dateOf(before);
  const ends = dateOf(
    Temporal.PlainDate.from(first)
      .add({ days: days + 2 })
      .toString(),
  );
  const [{ week, exceptions }, busy] = await Promise.all([
    readAvailability(communityId, memberId, before),
    readBusy(communityId, viewerId, begins, ends),
  ]);
  if (week.length === 0 && exceptions.every(({ starts }) => starts === null)) return null;
  const margin = member.travelMinutes;
  return freeSlots({
    week,
    exceptions,
    busy,
    timeZone,
    minutes,
    margin,
    now,
    from: first,
    days,
  });
}

/** Whether the giver has an overlapping agreed exchange, by the rule of exchange_giver_once. */
export async function isGiverBusy(
  tx: Tx,
  communityId: string,
  {
    id,
    giverId,
    startsAt,
    minutes,
  }: { id: string; giverId: string; startsAt: Date; minutes: number },
): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ busy: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM exchange
      WHERE community_id = ${communityId}::uuid AND giver_id = ${giverId}::uuid
        AND id <> ${id}::uuid AND status = 'agreed' AND NOT overlap_exempt
        AND tsrange(starts_at AT TIME ZONE 'UTC',
              (starts_at AT TIME ZONE 'UTC') + make_interval(mins => minutes))
          && tsrange(${startsAt}::timestamptz AT TIME ZONE 'UTC',
              (${startsAt}::timestamptz AT TIME ZONE 'UTC') + make_interval(mins => ${minutes}::integer))
    ) AS busy`;
  return found?.busy ?? false;
}
