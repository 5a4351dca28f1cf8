import type { ExchangeEventKind } from "../../domain/exchange/transitions";
import {
  exchangeAudience,
  type NotificationKind,
  type OtherEvent,
  replacedKinds,
  sidesToTell,
} from "../../domain/notification/notification";
import type { MemberContext } from "../membership/context";
import { db, type Tx } from "../platform/db/client";
import { Prisma } from "../platform/db/generated/client";
import { enqueueJobSql } from "../platform/jobs/job";
import { newId } from "../platform/tokens";

/** How long notifications are retained. */
const RETENTION_MS = 180 * 86_400_000;

type Subject = { communityId: string; id: string; giverId: string; receiverId: string };

/**
 * Two statements for the WITH clause of the one that saves an event: they withdraw what was told about the
 * exchange before and was not seen, with its e-mail unless that was sent, and tell the event. The fund is no
 * member, so nobody is told for it.
 * @param from the name of a WITH query that has a row if the event is saved
 * @param by the member who acted; null when time acted
 */
export function tellEventSql(
  { communityId, id, giverId, receiverId }: Subject,
  event: { kind: ExchangeEventKind; version: number; by: string | null; at: Date },
  from: Prisma.Sql,
): Prisma.Sql {
  const { kind, version, by, at } = event;
  const { sides, coordinators } = exchangeAudience[kind];
  const told = sidesToTell({ giverId, receiverId }, by);
  const recipients = [
    Prisma.sql`SELECT member.id, ${sides}::text AS kind FROM member
      WHERE community_id = ${communityId}::uuid AND id = ANY(${told}::uuid[])`,
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
      RETURNING mail_id
    ), unsent AS (
      DELETE FROM mail USING withdrawn WHERE mail.id = withdrawn.mail_id AND sent_at IS NULL
    ), told AS (
      INSERT INTO notification
        (community_id, id, member_id, kind, event, exchange_id, event_version, created_at)
      SELECT ${communityId}::uuid, gen_random_uuid(), recipient.id, recipient.kind, ${kind}::text,
        ${id}::uuid, ${version}::integer, ${at}::timestamptz
      FROM ${from} AS saved, (${Prisma.join(recipients, " UNION ALL ")}) AS recipient
    )`;
}

/** The call of the job that delivers what was told about an exchange, for use within a larger statement. */
export const deliverySql = (
  { communityId, id }: Pick<Subject, "communityId" | "id">,
  at: Date,
): Prisma.Sql =>
  enqueueJobSql({
    task: "deliver-notifications",
    payload: { communityId, exchangeId: id },
    runAt: at,
    key: `notify:${communityId}:${id}`,
  });

/** Tells an event that is already saved in the caller's transaction. */
export async function tellEvent(
  tx: Tx,
  subject: Subject,
  event: { kind: ExchangeEventKind; version: number; by: string | null; at: Date },
): Promise<void> {
  await tx.$executeRaw`
    WITH saved AS (SELECT 1), ${tellEventSql(subject, event, Prisma.sql`saved`)}
    SELECT ${deliverySql(subject, event.at)}`;
}

/**
 * Tells members something about an exchange that is no event of its history. It replaces the same that they have
 * not seen.
 * @param what.by the member who wrote it; null when time acted
 */
export async function tell(
  tx: Tx,
  { communityId, id }: Pick<Subject, "communityId" | "id">,
  what: {
    event: OtherEvent;
    kind: NotificationKind;
    memberIds: readonly string[];
    by: string | null;
    at: Date;
  },
): Promise<void> {
  const { event, kind, memberIds, by, at } = what;
  await tx.notification.updateMany({
    where: {
      communityId,
      exchangeId: id,
      memberId: { in: [...memberIds] },
      event,
      seenAt: null,
      withdrawnAt: null,
    },
    data: { withdrawnAt: at },
  });
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
      exchangeId: id,
      byId: by,
      createdAt: at,
    })),
  });
  if (members.length > 0) await tx.$executeRaw`SELECT ${deliverySql({ communityId, id }, at)}`;
}

/**
 * Marks the caller's notifications as seen: those about an exchange, or all.
 * @returns how many were not seen before
 */
export async function markSeen(
  { communityId, me, now }: MemberContext,
  { exchangeId }: { exchangeId?: string | undefined },
): Promise<{ count: number }> {
  const { count } = await db.notification.updateMany({
    where: {
      communityId,
      memberId: me.id,
      seenAt: null,
      withdrawnAt: null,
      ...(exchangeId ? { exchangeId } : {}),
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
