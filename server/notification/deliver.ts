import type { NotHappenedReason } from "../../domain/exchange/transitions";
import { localeTag, regionOf } from "../../domain/kernel/region";
import {
  isPushed,
  type NotificationEvent,
  type NotificationKind,
  subjectPath,
} from "../../domain/notification/notification";
import { readSides } from "../membership/sides";
import { db, transaction } from "../platform/db/client";
import { localeOf } from "../platform/i18n/messages";
import { postNotice } from "../platform/mail/post-mail";
import { newId } from "../platform/tokens";
import { postPushes } from "../push/post-push";
import { type NotificationFacts, notificationMail } from "./mail";
import { pushTexts } from "./push";
import type { NotificationSubject } from "./subject";

/** Kinds that are sent by e-mail at once; the others are shown on the pages only. */
const MAILED = new Set<NotificationKind>(["needed", "coordination"]);

const waiting = { mailedAt: null, withdrawnAt: null };

/**
 * Posts the e-mails and pushes of the notifications about a subject, each once. A notification that was withdrawn meanwhile
 * gets none, nor does a member without a user.
 */
export async function deliverNotifications(
  { communityId, ...subject }: { communityId: string } & NotificationSubject,
  now: Date,
): Promise<void> {
  const rows = await db.notification.findMany({
    where: { communityId, ...subject, ...waiting },
    include: {
      member: {
        select: {
          displayName: true,
          community: true,
          user: {
            select: {
              id: true,
              email: true,
              emailVerifiedAt: true,
              language: true,
              clock: true,
              firstDay: true,
            },
          },
        },
      },
      exchange: true,
      source: true,
    },
    orderBy: { createdAt: "asc" },
  });
  const sides = await readSides(
    communityId,
    rows.map(({ byId, source }) => byId ?? source?.memberId ?? null),
  );
  for (const row of rows) {
    const { community, user, displayName } = row.member;
    const { exchange, source } = row;
    const by = row.byId ?? source?.memberId ?? null;
    // The CHECK of the table allows only these.
    const kind = row.kind as NotificationKind;
    const locale = localeOf(user?.language ?? community.language);
    const tag = localeTag({
      language: locale,
      region: regionOf(community),
      clock: user?.clock === "h12" || user?.clock === "h23" ? user.clock : null,
      firstDay: user?.firstDay ?? null,
    });
    const facts: NotificationFacts = {
      event: row.event as NotificationEvent,
      isAgreed: exchange?.status === "agreed",
      title: exchange?.title ?? "",
      by: by === null ? null : sides.find(by),
      minutes: source?.minutes ?? null,
      startsAt: source?.startsAt ?? exchange?.startsAt ?? null,
      cause: (source?.cause ?? "") as NotHappenedReason | "",
      timeZone: community.timeZone,
      path: `/${community.slug}${subjectPath(row)}`,
    };
    const mail =
      user && MAILED.has(kind)
        ? await notificationMail(facts, { locale, tag, name: user.emailVerifiedAt && displayName })
        : null;
    await transaction(async (tx) => {
      const mailId = mail ? newId() : null;
      const { count } = await tx.notification.updateMany({
        where: { communityId, id: row.id, ...waiting },
        data: { mailedAt: now, mailId },
      });
      if (count === 0 || !user) return;
      if (isPushed(kind) && !row.seenAt) {
        const content = {
          communityId,
          notificationId: row.id,
          about: `${communityId} ${subjectPath(row)}`,
          isUrgent: kind === "needed",
          ...pushTexts(kind, facts, { locale, tag }),
        };
        await postPushes(tx, user.id, content, now);
      }
      if (mail && mailId) {
        await postNotice(tx, { id: mailId, recipient: user.email, ...mail }, now);
      }
    });
  }
}
