import type { ExchangeStatus } from "../../domain/exchange";
import type { MeetingPlace } from "../../domain/listing";
import { db } from "../client";

const DAY = 86_400_000;
/** What is over for longer has no place in a calendar that is read again every hour. */
const BACK_DAYS = 90;
const MOST = 2000;

/** What a calendar shows of an exchange: nothing of notes, addresses or contact. */
export type CalendarEntry = {
  id: string;
  version: number;
  community: { slug: string; name: string; language: string };
  title: string;
  startsAt: Date;
  minutes: number;
  status: ExchangeStatus;
  iGive: boolean;
  other: string;
  place: MeetingPlace;
  /** When it became what it is now: the time of its version. */
  changedAt: Date;
};

const SHOWN: ExchangeStatus[] = ["proposed", "agreed", "reported", "disputed", "settled"];

/** A person's exchanges in all their communities, with those that were called off lately. */
export async function readCalendar(userId: string, now: Date): Promise<CalendarEntry[]> {
  const members = await db.member.findMany({
    where: { userId, status: { in: ["active", "paused"] } },
    select: { id: true, communityId: true, community: true },
  });
  const entries: CalendarEntry[] = [];
  for (const { id: me, communityId, community } of members) {
    const rows = await db.exchange.findMany({
      where: {
        communityId,
        startsAt: { gte: new Date(now.getTime() - BACK_DAYS * DAY) },
        AND: [
          { OR: [{ giverId: me }, { receiverId: me }] },
          // What was agreed and then called off must leave the calendars that hold it.
          { OR: [{ status: { in: SHOWN } }, { agreedAt: { not: null } }] },
        ],
        // Help that was only written down was never a meeting.
        NOT: { agreedAt: null, status: { in: ["reported", "disputed", "settled"] } },
      },
      include: {
        giver: { select: { displayName: true } },
        receiver: { select: { displayName: true } },
        events: { select: { at: true }, orderBy: { version: "desc" }, take: 1 },
      },
      orderBy: [{ startsAt: "asc" }, { id: "asc" }],
      take: MOST,
    });
    const { slug, name, language } = community;
    for (const row of rows) {
      const iGive = row.giverId === me;
      const other = (iGive ? row.receiver : row.giver).displayName;
      const { id, version, title, startsAt, minutes, status } = row;
      // Stored as text; the services write no other words than the domain's.
      const place = row.place as MeetingPlace;
      const changedAt = row.events[0]?.at ?? row.createdAt;
      const shown = { id, version, title, startsAt, minutes, status, place, changedAt };
      entries.push({ ...shown, community: { slug, name, language }, iGive, other });
    }
  }
  return entries;
}

/** When a person's calendar address was made; null without one. */
export async function readCalendarFeed(userId: string): Promise<Date | null> {
  const feed = await db.calendarFeed.findUnique({ where: { userId } });
  return feed?.createdAt ?? null;
}
