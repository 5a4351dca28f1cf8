import type { ExchangeEventKind } from "../../domain/exchange/transitions";
import {
  exchangeAudience,
  type NotificationKind,
  type OtherEvent,
  replacedKinds,
  sidesToNotify,
} from "../../domain/notification/notification";
import type { MemberContext } from "../membership/context";
import { db, type Tx } from "../platform/db/client";
import { Prisma } from "../platform/db/generated/client";
import { enqueueJobSql } from "../platform/jobs/job";
import { newId } from "../platform/tokens";
import type { NotificationSubject } from "./subject";

/** How long notifications are retained. */
const RETENTION_MS = 180 * 86_400_000;

type ExchangeSubject = { communityId: string; id: string; giverId: string; receiverId: string };

/**
 * Parts of the WITH clause of the statement that saves an event: they withdraw the exchange's unseen notifications,
 * with their e-mails and pushes unless these were sent, and add those of the event. The fund is no member and gets none.
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
  return Prisma.sql`
    withdrawn AS (
      UPDATE notification SET withdrawn_at = ${at}::timestamptz FROM ${from} AS saved
      WHERE community_id = ${communityId}::uuid AND exchange_id = ${id}::uuid
        AND kind = ANY(${[...replacedKinds]}::text[])
        AND seen_at IS NULL AND withdrawn_at IS NULL
      RETURNING notification.community_id, notification.id, mail_id
    ), unsent AS (
      DELETE FROM mail USING withdrawn WHERE mail.id = withdrawn.mail_id AND sent_at IS NULL
    ), unsent_pushes AS (
      DELETE FROM push USING withdrawn
      WHERE push.community_id = withdrawn.community_id AND push.notification_id = withdrawn.id
    ), notified AS (
      INSERT INTO notification
        (community_id, id, member_id, kind, event, exchange_id, event_version, created_at)
      SELECT ${communityId}::uuid, gen_random_uuid(), recipient.id, recipient.kind, ${kind}::text,
        ${id}::uuid, ${version}::integer, ${at}::timestamptz
      FROM ${from} AS saved, (${Prisma.join(recipients, " UNION ALL ")}) AS recipient
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
    payload: { communityId, ...subject },
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
  const replaced = await tx.notification.updateManyAndReturn({
    where: {
      communityId,
      ...subject,
      memberId: { in: [...memberIds] },
      event,
      seenAt: null,
      withdrawnAt: null,
    },
    data: { withdrawnAt: at },
    select: { id: true, mailId: true },
  });
  const mailIds = replaced.flatMap(({ mailId }) => mailId ?? []);
  if (mailIds.length > 0) {
    await tx.mail.deleteMany({ where: { id: { in: mailIds }, sentAt: null } });
  }
  if (replaced.length > 0) {
    const ids = replaced.map(({ id }) => id);
    await tx.push.deleteMany({ where: { communityId, notificationId: { in: ids } } });
  }
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
