import type { ExchangeEventKind } from "../../domain/exchange/transitions";
import {
  exchangeAudience,
  type NotificationKind,
  type OtherEvent,
  replacedKinds,
  sidesToNotify,
} from "../../domain/notification/notification";
import { RETENTION_DAYS } from "../../domain/privacy/retention";
import type { MemberContext } from "../membership/context";
import { db, type Tx } from "../platform/db/client";
import { Prisma } from "../platform/db/generated/client";
import { enqueueJobSql } from "../platform/jobs/job";
import { newId } from "../platform/tokens";
import type { NotificationSubject } from "./subject";

/** How long notifications are retained. */
const RETENTION_MS = RETENTION_DAYS.notification * 86_400_000;

type ExchangeSubject = { communityId: string; id: string; giverId: string; receiverId: string };

/**
 * Parts of the WITH clause of the statement that saves an event: they withdraw the exchange's unseen notifications
 * and the unsent e-mails and pushes of all, and add those of the event. The fund is no member and gets none.
 * @param from the name of a WITH query that has a row if the event is saved
 * @param by the member who acted; null when time acted
 */
export function notifyOfEventSql(
  { communityId, id, giverId, receiverId }: ExchangeSubject,
  event: { kind: ExchangeEventKind; version: number; by: string | null; at: Date },
  from: Prisma.Sql,
): Prisma.Sql {
  const { kind, version, by, at } = event;
  const { sides, coordinators } = exchangeAudience[kind];
  const sideIds = sidesToNotify({ giverId, receiverId }, by);
  const recipients = [
    Prisma.sql`SELECT member.id, ${sides}::text AS kind FROM member
      WHERE community_id = ${communityId}::uuid AND id = ANY(${sideIds}::uuid[])`,
  ];
  if (coordinators) {
    recipients.push(Prisma.sql`SELECT member.id, ${coordinators}::text FROM member
      WHERE community_id = ${communityId}::uuid AND role = 'coordinator' AND status = 'active'
        AND id NOT IN (${giverId}::uuid, ${receiverId}::uuid)`);
  }
  const replaced = Prisma.sql`exchange_id = ${id}::uuid AND kind = ANY(${[...replacedKinds]}::text[])`;
  return Prisma.sql`
    ${withdrawSql(communityId, replaced, at, from)}, notified AS (
      INSERT INTO notification
        (community_id, id, member_id, kind, event, exchange_id, event_version, created_at)
      SELECT ${communityId}::uuid, gen_random_uuid(), recipient.id, recipient.kind, ${kind}::text,
        ${id}::uuid, ${version}::integer, ${at}::timestamptz
      FROM ${from} AS saved, (${Prisma.join(recipients, " UNION ALL ")}) AS recipient
    )`;
}

/**
 * Parts of the WITH clause that withdraw notifications: those that were not seen disappear from the pages, and the
 * e-mails and pushes of all that were not sent are taken back.
 * @param where which of the community's
 * @param from the name of a WITH query that has a row if they are to be withdrawn
 */
function withdrawSql(
  communityId: string,
  where: Prisma.Sql,
  at: Date,
  from: Prisma.Sql,
): Prisma.Sql {
  return Prisma.sql`
    withdrawn AS (
      UPDATE notification
      SET withdrawn_at = CASE WHEN seen_at IS NULL THEN ${at}::timestamptz END,
        mailed_at = coalesce(mailed_at, ${at}::timestamptz),
        pushed_at = coalesce(pushed_at, ${at}::timestamptz)
      FROM ${from} AS saved
      WHERE community_id = ${communityId}::uuid AND ${where} AND withdrawn_at IS NULL
        AND (seen_at IS NULL OR mailed_at IS NULL OR pushed_at IS NULL OR mail_id IS NOT NULL)
      RETURNING notification.community_id, notification.id, mail_id
    ), unsent_pushes AS (
      DELETE FROM push USING withdrawn
      WHERE push.community_id = withdrawn.community_id AND push.notification_id = withdrawn.id
    ), unsent AS (
      DELETE FROM mail WHERE id IN (
        SELECT mail.id FROM mail JOIN withdrawn ON mail.id = withdrawn.mail_id
        -- An e-mail that is being handed over is locked, and no longer taken back.
        WHERE sent_at IS NULL FOR UPDATE OF mail SKIP LOCKED
      )
    )`;
}

/** The call of the job that delivers the notifications about a subject, for use within a larger statement. */
export const deliverySql = (
  communityId: string,
  subject: NotificationSubject,
  at: Date,
): Prisma.Sql =>
  enqueueJobSql({
    task: "deliver-notifications",
    payload: { communityId, subject },
    runAt: at,
    key: `notify:${communityId}:${Object.values(subject).join()}`,
  });

/** Notifies members of an event that is already saved in the caller's transaction. */
export async function notifyOfEvent(
  tx: Tx,
  subject: ExchangeSubject,
  event: { kind: ExchangeEventKind; version: number; by: string | null; at: Date },
): Promise<void> {
  await tx.$executeRaw`
    WITH saved AS (SELECT 1), ${notifyOfEventSql(subject, event, Prisma.sql`saved`)}
    SELECT ${deliverySql(subject.communityId, { exchangeId: subject.id }, event.at)}`;
}

/** The condition on the column of the subject. */
function aboutSql(subject: NotificationSubject): Prisma.Sql {
  if ("exchangeId" in subject) return Prisma.sql`exchange_id = ${subject.exchangeId}::uuid`;
  return Prisma.sql`about_id = ${subject.aboutId}::uuid`;
}

/**
 * Notifies members of something that is no event of an exchange's history. It replaces a notification of the same
 * about the same subject that they have not seen.
 * @param what.by the member who caused it; null when time acted
 */
export async function notify(
  tx: Tx,
  communityId: string,
  subject: NotificationSubject,
  what: {
    event: OtherEvent;
    kind: NotificationKind;
    memberIds: readonly string[];
    by: string | null;
    at: Date;
  },
): Promise<void> {
  const { event, kind, memberIds, by, at } = what;
  const same = Prisma.sql`${aboutSql(subject)} AND event = ${event} AND seen_at IS NULL
    AND member_id = ANY(${[...memberIds]}::uuid[])`;
  await tx.$executeRaw`
    WITH saved AS (SELECT 1), ${withdrawSql(communityId, same, at, Prisma.sql`saved`)} SELECT 1`;
  const members = await tx.member.findMany({
    where: { communityId, id: { in: [...memberIds] } },
    select: { id: true },
  });
  await tx.notification.createMany({
    data: members.map((member) => ({
      communityId,
      id: newId(),
      memberId: member.id,
      kind,
      event,
      ...subject,
      byId: by,
      createdAt: at,
    })),
  });
  if (members.length > 0) await tx.$executeRaw`SELECT ${deliverySql(communityId, subject, at)}`;
}

/**
 * Marks the caller's notifications as seen: those about a subject, or all.
 * @returns how many were not seen before
 */
export async function markSeen(
  { communityId, me, now }: MemberContext,
  subject: NotificationSubject | null,
): Promise<{ count: number }> {
  const { count } = await db.notification.updateMany({
    where: {
      communityId,
      memberId: me.id,
      seenAt: null,
      withdrawnAt: null,
      ...subject,
    },
    data: { seenAt: now },
  });
  return { count };
}

/** Deletes old notifications. A nightly job calls it. */
export async function deleteOldNotifications(now: Date): Promise<void> {
  await db.notification.deleteMany({
    where: { createdAt: { lt: new Date(now.getTime() - RETENTION_MS) } },
  });
}
