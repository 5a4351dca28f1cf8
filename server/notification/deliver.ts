/** Decides which notifications are sent by e-mail, and when, and posts those that are due. */

import type { NotHappenedReason } from "../../domain/exchange/transitions";
import { localeTag, regionOf } from "../../domain/kernel/region";
import type { MeetingPlace } from "../../domain/listing/listing";
import { isLeftOutOnceSeen, sendingTime } from "../../domain/notification/channels";
import {
  type NotificationEvent,
  type NotificationKind,
  subjectPath,
} from "../../domain/notification/notification";
import { calendarFile } from "../calendar/file";
import { readSides } from "../membership/sides";
import { db, transaction } from "../platform/db/client";
import type { Prisma } from "../platform/db/generated/client";
import { localeOf } from "../platform/i18n/messages";
import { postNotice } from "../platform/mail/post-mail";
import { newId } from "../platform/tokens";
import { deliverySql } from "./commands";
import { notificationMail } from "./mail";
import { settingsOf } from "./settings";
import type { NotificationSubject } from "./subject";

/** Notifications that are read at once. */
const BATCH = 200;
/** Members who take part, and so receive e-mails. */
const REACHED = ["active", "paused"];
/** Events whose e-mail has the exchange as a calendar file: its date was set, changed or is void. */
const WITH_CALENDAR = new Set<NotificationEvent>(["agreed", "rescheduled", "cancelled"]);

const waiting = { mailedAt: null, withdrawnAt: null };

const included = {
  member: {
    select: {
      displayName: true,
      status: true,
      community: true,
      settings: true,
      user: {
        select: {
          email: true,
          emailVerifiedAt: true,
          mailPausedAt: true,
          language: true,
          clock: true,
          firstDay: true,
        },
      },
    },
  },
  exchange: true,
  source: true,
} satisfies Prisma.NotificationInclude;

type Row = Prisma.NotificationGetPayload<{ include: typeof included }>;

/**
 * Posts the e-mails of the notifications about a subject, each once, and enqueues itself for those that are sent
 * later. A notification that was withdrawn meanwhile gets none, nor does a member without a user.
 */
export async function deliverNotifications(
  { communityId, subject }: { communityId: string; subject: NotificationSubject },
  now: Date,
): Promise<void> {
  let next: Date | null = null;
  let after: string | undefined;
  for (;;) {
    const rows: Row[] = await db.notification.findMany({
      where: { communityId, ...subject, ...waiting, ...(after && { id: { gt: after } }) },
      include: included,
      orderBy: { id: "asc" },
      take: BATCH,
    });
    const times = rows.map((row) => ({ row, at: mailTime(row) }));
    const without = times.flatMap(({ row, at }) => (at === null ? [row.id] : []));
    if (without.length > 0) {
      await db.notification.updateMany({
        where: { communityId, id: { in: without }, ...waiting },
        data: { mailedAt: now },
      });
    }
    const due = times.flatMap(({ row, at }) => (at !== null && at <= now ? [row] : []));
    await postMails(communityId, due, now);
    for (const { at } of times) if (at && at > now && (next === null || at < next)) next = at;
    after = rows.at(-1)?.id;
    if (rows.length < BATCH) break;
  }
  if (next) await db.$executeRaw`SELECT ${deliverySql(communityId, subject, next)}`;
}

/** When its e-mail is due; null for none. */
function mailTime(row: Row): Date | null {
  const { member, exchange, seenAt, createdAt } = row;
  const kind = row.kind as NotificationKind;
  if (!member.user || member.user.mailPausedAt || !REACHED.includes(member.status)) return null;
  if (seenAt && isLeftOutOnceSeen(kind)) return null;
  const isAhead = exchange?.status === "agreed" || exchange?.status === "proposed";
  const visitAt = isAhead ? exchange.startsAt : null;
  const occasion = { kind, createdAt, visitAt };
  return sendingTime("mail", occasion, settingsOf(member.settings), member.community.timeZone);
}

async function postMails(communityId: string, rows: readonly Row[], now: Date): Promise<void> {
  const sides = await readSides(
    communityId,
    rows.flatMap(({ byId, source, exchange }) => [
      byId ?? source?.memberId ?? null,
      exchange?.giverId ?? null,
      exchange?.receiverId ?? null,
    ]),
  );
  for (const row of rows) {
    const { user } = row.member;
    if (!user) continue;
    const mail = await mailOf(row, sides);
    const { memberId, kind } = row;
    const thread = row.exchangeId ?? row.aboutId ?? row.id;
    await transaction(async (tx) => {
      const mailId = newId();
      const { count } = await tx.notification.updateMany({
        where: { communityId, id: row.id, ...waiting },
        data: { mailedAt: now, mailId },
      });
      if (count === 0) return;
      const about = { communityId, memberId, kind: kind === "needed" ? null : kind, thread };
      await postNotice(tx, { id: mailId, recipient: user.email, ...about, ...mail }, now);
    });
  }
}

type Sides = Awaited<ReturnType<typeof readSides>>;

async function mailOf(row: Row, sides: Sides) {
  const { exchange, source, member } = row;
  const { community, user, displayName } = member;
  const event = row.event as NotificationEvent;
  const by = row.byId ?? source?.memberId ?? null;
  const locale = localeOf(user?.language ?? community.language);
  const mail = await notificationMail(
    {
      event,
      kind: row.kind as NotificationKind,
      isAgreed: exchange?.status === "agreed",
      title: exchange?.title ?? "",
      by: by === null ? null : sides.find(by),
      minutes: source?.minutes ?? null,
      startsAt: source?.startsAt ?? exchange?.startsAt ?? null,
      cause: (source?.cause ?? "") as NotHappenedReason | "",
      timeZone: community.timeZone,
      community: community.name,
      path: `/${community.slug}${subjectPath(row)}`,
    },
    {
      locale,
      tag: localeTag({
        language: locale,
        region: regionOf(community),
        clock: user?.clock === "h12" || user?.clock === "h23" ? user.clock : null,
        firstDay: user?.firstDay ?? null,
      }),
      name: user?.emailVerifiedAt ? displayName : null,
    },
  );
  const isShown = exchange && user?.emailVerifiedAt && WITH_CALENDAR.has(event);
  return { ...mail, calendar: isShown ? calendarOf(row, exchange, sides) : null };
}

/** The exchange as a calendar file for the recipient, with the same UID as in their calendar's feed. */
function calendarOf(row: Row, exchange: NonNullable<Row["exchange"]>, sides: Sides): string {
  const { member, memberId } = row;
  const { community, user, settings } = member;
  const { id, version, title, startsAt, minutes, status, giverId, receiverId } = exchange;
  const iGive = giverId === memberId;
  const { slug, name, language } = community;
  const entry = {
    id,
    version,
    title,
    startsAt,
    minutes,
    status,
    // Stored as text; only values of the domain are written.
    place: exchange.place as MeetingPlace,
    changedAt: row.createdAt,
    community: { slug, name, language },
    iGive,
    other: sides.of(iGive ? receiverId : giverId),
    isNeutral: settings?.hidesTitles ?? false,
  };
  return calendarFile([entry], localeOf(user?.language ?? language));
}
