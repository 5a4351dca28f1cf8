import type { ExchangeSide } from "../../domain/exchange/sides";
import type { ExchangeStatus } from "../../domain/exchange/status";
import { MAX_DATES_AT_ONCE } from "../../domain/kernel/limits";
import type { MeetingPlace } from "../../domain/listing/listing";
import { readSides, sideIds } from "../membership/sides";
import { db } from "../platform/db/client";
import type { Prisma } from "../platform/db/generated/client";

const DAY_MS = 86_400_000;
/** Older exchanges are left out: calendar programs read the whole feed every hour. */
const MAX_AGE_DAYS = 90;
/** Agreed exchanges: the latest past ones and the next future ones. */
const MAX_PAST = 500;
const MAX_FUTURE = 1500;
/** Exchanges that the user proposed: as many as one member may have open. */
const MAX_PROPOSED_BY_USER = MAX_DATES_AT_ONCE;
/** Exchanges proposed to the user: they appear without consent, and as tentative. */
const MAX_PROPOSED_BY_OTHERS = 30;

/** What a calendar shows of an exchange: no notes, addresses or contact details. */
export type CalendarEntry = {
  id: string;
  version: number;
  community: { slug: string; name: string; language: string };
  title: string;
  startsAt: Date;
  minutes: number;
  status: ExchangeStatus;
  iGive: boolean;
  other: ExchangeSide;
  place: MeetingPlace;
  /** The time of its last change. */
  changedAt: Date;
  /** Whether the owner wants neither names nor titles in calendars. */
  isNeutral: boolean;
};

const included = {
  events: { select: { at: true }, orderBy: { version: "desc" }, take: 1 },
} satisfies Prisma.ExchangeInclude;

const next = { orderBy: [{ startsAt: "asc" as const }, { id: "asc" as const }] };
const latest = { orderBy: [{ startsAt: "desc" as const }, { id: "desc" as const }] };

const read = (part: Pick<Prisma.ExchangeFindManyArgs, "where" | "orderBy" | "take">) =>
  db.exchange.findMany({ ...part, include: included });

/** A user's exchanges in all their communities, including recently cancelled ones. */
export async function readCalendar(userId: string, now: Date): Promise<CalendarEntry[]> {
  const members = await db.member.findMany({
    where: { userId, status: { in: ["active", "paused"] } },
    select: {
      id: true,
      communityId: true,
      community: true,
      settings: { select: { hidesTitles: true } },
    },
  });
  const entries: CalendarEntry[] = [];
  for (const { id: me, communityId, community, settings } of members) {
    const isNeutral = settings?.hidesTitles ?? false;
    const mine = { communityId, OR: [{ giverId: me }, { receiverId: me }] };
    const since = { startsAt: { gte: new Date(now.getTime() - MAX_AGE_DAYS * DAY_MS) } };
    // Includes cancelled exchanges, so that calendars remove them.
    const agreed = { ...mine, agreedAt: { not: null } };
    const proposed = { ...mine, ...since, status: "proposed" as const, agreedAt: null };
    // Separate limits, so that proposals of strangers do not displace agreed exchanges.
    const parts = await Promise.all([
      read({
        where: { ...agreed, startsAt: { ...since.startsAt, lt: now } },
        ...latest,
        take: MAX_PAST,
      }),
      read({ where: { ...agreed, startsAt: { gte: now } }, ...next, take: MAX_FUTURE }),
      read({ where: { ...proposed, pendingById: me }, ...next, take: MAX_PROPOSED_BY_USER }),
      read({
        where: { ...proposed, pendingById: { not: me } },
        ...next,
        take: MAX_PROPOSED_BY_OTHERS,
      }),
    ]);
    const rows = parts.flat();
    const sides = await readSides(communityId, sideIds(rows));
    const { slug, name, language } = community;
    for (const row of rows) {
      const iGive = row.giverId === me;
      const other = sides.of(iGive ? row.receiverId : row.giverId);
      const { id, version, title, startsAt, minutes, status } = row;
      // Stored as text; only values of the domain are written.
      const place = row.place as MeetingPlace;
      const changedAt = row.events[0]?.at ?? row.createdAt;
      const shown = { id, version, title, startsAt, minutes, status, place, changedAt, isNeutral };
      entries.push({ ...shown, community: { slug, name, language }, iGive, other });
    }
  }
  return entries;
}

/** When a user's calendar URL was made; null without one. */
export async function readCalendarFeed(userId: string): Promise<Date | null> {
  const feed = await db.calendarFeed.findUnique({ where: { userId } });
  return feed?.createdAt ?? null;
}
