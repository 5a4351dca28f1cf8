import type { NotHappenedReason } from "../../domain/exchange/transitions";
import { stateOf } from "../../domain/notification/live";
import { type NotificationEvent, subjectPath } from "../../domain/notification/notification";
import { readSides } from "../membership/sides";
import { db } from "../platform/db/client";
import { Prisma } from "../platform/db/generated/client";

/** Notifications on a page; older ones are reached through their exchanges. */
const MAX_SHOWN = 60;

const current = { seenAt: null, withdrawnAt: null };

/** A member, who has notifications in one community. */
export type Recipient = { communityId: string; memberId: string };

/** The state of each member's unseen notifications, in the order given; see `stateOf`. */
export async function readUnseenStates(recipients: readonly Recipient[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ count: number; newest: Date | null }[]>`
    SELECT unseen.count, unseen.newest
    FROM unnest(${recipients.map((each) => each.communityId)}::uuid[],
      ${recipients.map((each) => each.memberId)}::uuid[]) WITH ORDINALITY
      AS recipient (community_id, member_id, place),
    LATERAL (
      SELECT count(*)::integer AS count, max(created_at) AS newest FROM notification
      WHERE notification.community_id = recipient.community_id
        AND notification.member_id = recipient.member_id
        AND seen_at IS NULL AND withdrawn_at IS NULL
    ) AS unseen
    ORDER BY place`;
  return rows.map(stateOf);
}

/** The exchanges, of those given, about which the member has unseen notifications. */
export async function unseenExchanges(
  communityId: string,
  memberId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await db.notification.findMany({
    where: { communityId, memberId, exchangeId: { in: [...ids] }, ...current },
    select: { exchangeId: true },
    distinct: ["exchangeId"],
  });
  return new Set(rows.flatMap(({ exchangeId }) => exchangeId ?? []));
}

type Row = {
  id: string;
  event: NotificationEvent;
  exchangeId: string | null;
  aboutId: string | null;
  createdAt: Date;
  seenAt: Date | null;
  title: string;
  byId: string | null;
  minutes: number | null;
  startsAt: Date | null;
  cause: NotHappenedReason | "";
};

/** The member's notifications, the latest first. */
export async function readNotifications(
  communityId: string,
  memberId: string,
  { onlyUnseen = false, take = MAX_SHOWN }: { onlyUnseen?: boolean; take?: number } = {},
) {
  const unseen = onlyUnseen ? Prisma.sql`AND notification.seen_at IS NULL` : Prisma.empty;
  const rows = await db.$queryRaw<Row[]>`
    SELECT notification.id, notification.event, notification.exchange_id AS "exchangeId", notification.about_id AS "aboutId", notification.created_at AS "createdAt",
      notification.seen_at AS "seenAt", coalesce(exchange.title, '') AS title,
      coalesce(notification.by_id, event.member_id) AS "byId", event.minutes, event.starts_at AS "startsAt",
      coalesce(event.cause, '') AS cause
    FROM notification
    LEFT JOIN exchange ON exchange.community_id = notification.community_id AND exchange.id = notification.exchange_id
    LEFT JOIN exchange_event AS event ON event.community_id = notification.community_id
      AND event.exchange_id = notification.exchange_id AND event.version = notification.event_version
    WHERE notification.community_id = ${communityId}::uuid AND notification.member_id = ${memberId}::uuid
      AND notification.withdrawn_at IS NULL ${unseen}
    ORDER BY notification.created_at DESC, notification.event_version DESC NULLS LAST, notification.id DESC LIMIT ${take}`;
  const sides = await readSides(
    communityId,
    rows.map(({ byId }) => byId),
  );
  return rows.map((row) => {
    const { id, event, createdAt, title, minutes, startsAt, cause } = row;
    return {
      id,
      event,
      path: subjectPath(row),
      title,
      createdAt,
      isNew: row.seenAt === null,
      by: row.byId === null ? null : sides.find(row.byId),
      minutes,
      startsAt,
      cause,
    };
  });
}
