import type { ExchangeStatus } from "../../domain/exchange/status";
import { MAX_DATES_AT_ONCE } from "../../domain/kernel/limits";
import type { MeetingPlace } from "../../domain/listing/listing";
import type { Named } from "../../domain/member/member";
import { named } from "../membership/member-name";
import { db } from "../platform/db/client";
import type { Prisma } from "../platform/db/generated/client";

const DAY = 86_400_000;
/** What is over for longer has no place in a calendar that is read again every hour. */
const BACK_DAYS = 90;
/** Of what was agreed; of what is over the latest, and of what is to come the next. */
const MOST_OVER = 500;
const MOST_COMING = 1500;
/** Of what the person proposes; one member has no more open than these. */
const MOST_PROPOSED = MAX_DATES_AT_ONCE;
/** Of what others propose to them: it stands there without their consent, and marked as tentative. */
const MOST_ASKED = 30;

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
  other: Named;
  place: MeetingPlace;
  /** When it became what it is now: the time of its version. */
  changedAt: Date;
};

const included = {
  giver: { select: named },
  receiver: { select: named },
  events: { select: { at: true }, orderBy: { version: "desc" }, take: 1 },
} satisfies Prisma.ExchangeInclude;

const next = { orderBy: [{ startsAt: "asc" as const }, { id: "asc" as const }] };
const latest = { orderBy: [{ startsAt: "desc" as const }, { id: "desc" as const }] };

const read = (part: Pick<Prisma.ExchangeFindManyArgs, "where" | "orderBy" | "take">) =>
  db.exchange.findMany({ ...part, include: included });

/** A person's exchanges in all their communities, with those that were called off lately. */
export async function readCalendar(userId: string, now: Date): Promise<CalendarEntry[]> {
  const members = await db.member.findMany({
    where: { userId, status: { in: ["active", "paused"] } },
    select: { id: true, communityId: true, community: true },
  });
  const entries: CalendarEntry[] = [];
  for (const { id: me, communityId, community } of members) {
    const mine = { communityId, OR: [{ giverId: me }, { receiverId: me }] };
    const since = { startsAt: { gte: new Date(now.getTime() - BACK_DAYS * DAY) } };
    // What was agreed and then called off must leave the calendars that hold it.
    const agreed = { ...mine, agreedAt: { not: null } };
    const proposed = { ...mine, ...since, status: "proposed" as const, agreedAt: null };
    // Each part has a bound of its own: what strangers propose takes no room from what was agreed.
    const parts = await Promise.all([
      read({
        where: { ...agreed, startsAt: { ...since.startsAt, lt: now } },
        ...latest,
        take: MOST_OVER,
      }),
      read({ where: { ...agreed, startsAt: { gte: now } }, ...next, take: MOST_COMING }),
      read({ where: { ...proposed, pendingById: me }, ...next, take: MOST_PROPOSED }),
      read({ where: { ...proposed, pendingById: { not: me } }, ...next, take: MOST_ASKED }),
    ]);
    const rows = parts.flat();
    const { slug, name, language } = community;
    for (const row of rows) {
      const iGive = row.giverId === me;
      const other = iGive ? row.receiver : row.giver;
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
