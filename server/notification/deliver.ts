/** Decides which notifications are sent by e-mail and as pushes, and when, and posts those that are due. */

import type { NotHappenedReason } from "../../domain/exchange/transitions";
import { localeTag, regionOf } from "../../domain/kernel/region";
import type { MeetingPlace } from "../../domain/listing/listing";
import { type Channel, isLeftOutOnceSeen, sendingTime } from "../../domain/notification/channels";
import {
  type NotificationEvent,
  type NotificationKind,
  subjectPath,
} from "../../domain/notification/notification";
import { calendarFile } from "../calendar/file";
import { readSides } from "../membership/sides";
import { db, type Tx, transaction } from "../platform/db/client";
import type { Prisma } from "../platform/db/generated/client";
import { localeOf } from "../platform/i18n/messages";
import { postNotice } from "../platform/mail/post-mail";
import { newId } from "../platform/tokens";
import { postPushes } from "../push/post-push";
import { deliverySql } from "./commands";
import { type NotificationFacts, notificationMail } from "./mail";
import { pushTexts } from "./push";
import { settingsOf } from "./settings";
import type { NotificationSubject } from "./subject";

/** Notifications that are read at once. */
const BATCH = 200;
/** Members who take part, and so receive e-mails and pushes. */
const REACHED = ["active", "paused"];
/** Events whose e-mail has the exchange as a calendar file: its date was set, changed or is void. */
const WITH_CALENDAR = new Set<NotificationEvent>(["agreed", "rescheduled", "cancelled"]);

/** The column that says since when it is decided what a channel sends. */
const decidedAt = { mail: "mailedAt", push: "pushedAt" } as const;

const included = {
  member: {
    select: {
      displayName: true,
      status: true,
      community: true,
      settings: true,
      user: {
        select: {
          id: true,
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
 * Posts the e-mails and pushes of the notifications about a subject, each once, and enqueues itself for those that are
 * sent later. A notification that was withdrawn meanwhile gets none, nor does a member without a user.
 */
export async function deliverNotifications(
  { communityId, subject }: { communityId: string; subject: NotificationSubject },
  now: Date,
): Promise<void> {
  let next: Date | null = null;
  let after: string | undefined;
  for (;;) {
    const rows: Row[] = await db.notification.findMany({
      where: {
        communityId,
        ...subject,
        withdrawnAt: null,
        OR: [{ mailedAt: null }, { pushedAt: null }],
        ...(after && { id: { gt: after } }),
      },
      include: included,
      orderBy: { id: "asc" },
      take: BATCH,
    });
    for (const channel of ["mail", "push"] as const) {
      const column = decidedAt[channel];
      const open = rows.filter((row) => row[column] === null);
      const times = open.map((row) => ({ row, at: timeOf(channel, row) }));
      await leaveOut(
        communityId,
        column,
        times.flatMap(({ row, at }) => (at === null ? [row.id] : [])),
        now,
      );
      const due = times.flatMap(({ row, at }) => (at !== null && at <= now ? [row] : []));
      await post(channel, communityId, due, now);
      for (const { at } of times) if (at && at > now && (next === null || at < next)) next = at;
    }
    after = rows.at(-1)?.id;
    if (rows.length < BATCH) break;
  }
  if (next) await db.$executeRaw`SELECT ${deliverySql(communityId, subject, next)}`;
}

/** Stores that nothing is sent by a channel. */
async function leaveOut(
  communityId: string,
  column: "mailedAt" | "pushedAt",
  ids: string[],
  now: Date,
): Promise<void> {
  if (ids.length === 0) return;
  await db.notification.updateMany({
    where: { communityId, id: { in: ids }, [column]: null, withdrawnAt: null },
    data: { [column]: now },
  });
}

/** When the channel sends it; null for never. */
function timeOf(channel: Channel, row: Row): Date | null {
  const { member, exchange, seenAt, createdAt } = row;
  const kind = row.kind as NotificationKind;
  if (!member.user || !REACHED.includes(member.status)) return null;
  if (channel === "mail" && member.user.mailPausedAt) return null;
  if (seenAt && (channel === "push" || isLeftOutOnceSeen(kind))) return null;
  const isAhead = exchange?.status === "agreed" || exchange?.status === "proposed";
  const visitAt = isAhead ? exchange.startsAt : null;
  const occasion = { kind, createdAt, visitAt };
  return sendingTime(channel, occasion, settingsOf(member.settings), member.community.timeZone);
}

async function post(
  channel: Channel,
  communityId: string,
  rows: readonly Row[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  const sides = await readSides(
    communityId,
    rows.flatMap(({ byId, source, exchange }) => [
      byId ?? source?.memberId ?? null,
      exchange?.giverId ?? null,
      exchange?.receiverId ?? null,
    ]),
  );
  const postOne = channel === "mail" ? postMail : postPush;
  for (const row of rows) await postOne(row, sides, now);
}

/** Decides for a channel, unless another worker has, or the notification was withdrawn meanwhile. */
async function decide(tx: Tx, row: Row, data: Prisma.NotificationUpdateManyMutationInput) {
  const open = "mailedAt" in data ? { mailedAt: null } : { pushedAt: null };
  const { communityId, id } = row;
  const { count } = await tx.notification.updateMany({
    where: { communityId, id, withdrawnAt: null, ...open },
    data,
  });
  return count > 0;
}

async function postMail(row: Row, sides: Sides, now: Date): Promise<void> {
  const { communityId, memberId, kind, exchange } = row;
  const { user, displayName } = row.member;
  if (!user) return;
  const { locale, tag } = readerOf(row);
  const mail = await notificationMail(factsOf(row, sides), {
    locale,
    tag,
    name: user.emailVerifiedAt ? displayName : null,
  });
  const isShown =
    exchange && user.emailVerifiedAt && WITH_CALENDAR.has(row.event as NotificationEvent);
  const calendar = isShown ? calendarOf(row, exchange, sides) : null;
  const thread = subjectOf(row).id;
  const id = newId();
  const about = { communityId, memberId, kind: kind === "needed" ? null : kind, thread };
  await transaction(async (tx) => {
    if (!(await decide(tx, row, { mailedAt: now, mailId: id }))) return;
    await postNotice(tx, { id, recipient: user.email, ...about, ...mail, calendar }, now);
  });
}

async function postPush(row: Row, sides: Sides, now: Date): Promise<void> {
  const { communityId, id: notificationId } = row;
  const { user, settings } = row.member;
  if (!user) return;
  const kind = row.kind as NotificationKind;
  const texts = pushTexts(kind, factsOf(row, sides), readerOf(row));
  const content = {
    communityId,
    notificationId,
    about: `${communityId} ${subjectPath(row)}`,
    isUrgent: kind === "needed",
    ...texts,
    ...(settings?.hidesTitles && { full: texts.neutral }),
  };
  await transaction(async (tx) => {
    if (await decide(tx, row, { pushedAt: now })) await postPushes(tx, user.id, content, now);
  });
}

type Sides = Awaited<ReturnType<typeof readSides>>;

/** What it is about, or the notification itself. */
const subjectOf = ({ id, exchangeId, aboutId }: Row) => ({ id: exchangeId ?? aboutId ?? id });

function readerOf({ member: { community, user } }: Row) {
  const locale = localeOf(user?.language ?? community.language);
  const tag = localeTag({
    language: locale,
    region: regionOf(community),
    clock: user?.clock === "h12" || user?.clock === "h23" ? user.clock : null,
    firstDay: user?.firstDay ?? null,
  });
  return { locale, tag };
}

function factsOf(row: Row, sides: Sides): NotificationFacts {
  const { exchange, source } = row;
  const { community } = row.member;
  const by = row.byId ?? source?.memberId ?? null;
  return {
    event: row.event as NotificationEvent,
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
  };
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
