/** How members want to be notified. */
import {
  type DigestInterval,
  defaultSettings,
  isMailKind,
  type NotificationSettings,
  nextDigest,
} from "../../domain/notification/channels";
import type { NotificationKind } from "../../domain/notification/notification";
import type { MemberContext } from "../membership/context";
import { db, type Tx, transaction } from "../platform/db/client";
import type { NotificationSettings as SettingsRow } from "../platform/db/generated/client";
import type { Unsubscribe } from "../platform/mail/unsubscribe-link";

/** The stored settings, or those of a member who has chosen nothing. */
export function settingsOf(row: SettingsRow | null): NotificationSettings {
  if (!row) return defaultSettings;
  const { mail, push, quietFrom, quietUntil, digest, hidesTitles } = row;
  return {
    // The database allows only these words.
    mail: mail as NotificationKind[],
    push: push as NotificationKind[],
    quietFrom,
    quietUntil,
    digest: digest as DigestInterval,
    hidesTitles,
  };
}

const keyOf = (communityId: string, memberId: string) => ({
  communityId_memberId: { communityId, memberId },
});

/** The member's settings, and whether e-mails reach them. */
export async function readSettings({ communityId, me }: MemberContext) {
  const [row, member] = await Promise.all([
    db.notificationSettings.findUnique({ where: keyOf(communityId, me.id) }),
    db.member.findUniqueOrThrow({
      where: { communityId_id: { communityId, id: me.id } },
      select: { user: { select: { email: true, emailVerifiedAt: true, mailPausedAt: true } } },
    }),
  ]);
  const { user } = member;
  return {
    settings: settingsOf(row),
    mail: user && {
      address: user.email,
      isVerified: user.emailVerifiedAt !== null,
      isPaused: user.mailPausedAt !== null,
    },
  };
}

/** Stores the member's settings. Another digest interval counts from now. */
export async function updateSettings(
  { communityId, community, me, now }: MemberContext,
  settings: NotificationSettings,
): Promise<void> {
  await transaction((tx) =>
    save(tx, { communityId, memberId: me.id, timeZone: community.timeZone }, settings, now),
  );
}

async function save(
  tx: Tx,
  { communityId, memberId, timeZone }: { communityId: string; memberId: string; timeZone: string },
  settings: NotificationSettings,
  now: Date,
): Promise<void> {
  const where = keyOf(communityId, memberId);
  const before = await tx.notificationSettings.findUnique({ where });
  const { digest } = settings;
  const isSameDigest = settingsOf(before).digest === digest;
  const data = {
    ...settings,
    mail: [...settings.mail],
    push: [...settings.push],
    digestDueAt: isSameDigest ? (before?.digestDueAt ?? null) : nextDigest(digest, now, timeZone),
  };
  await tx.notificationSettings.upsert({
    where,
    create: { communityId, memberId, ...data },
    update: data,
  });
}

/** Lets e-mails be sent again to the member's address after they were paused. */
export async function resumeMail({ communityId, me }: MemberContext): Promise<void> {
  await db.user.updateMany({
    where: { members: { some: { communityId, id: me.id } } },
    data: { mailPausedAt: null, mailFailures: 0 },
  });
}

/** What an unsubscribe link stops, for its page. @returns null when the member is gone */
export async function readUnsubscribe({ communityId, memberId, kind }: Unsubscribe) {
  const member = await db.member.findUnique({
    where: { communityId_id: { communityId, id: memberId } },
    select: { community: { select: { name: true, slug: true } }, settings: true },
  });
  if (!member || !isMailKind(kind)) return null;
  const { mail, digest } = settingsOf(member.settings);
  const isStopped = kind === "digest" ? digest === "never" : !mail.includes(kind);
  return { community: member.community, kind, isStopped };
}

/** Stops e-mails of one kind, and nothing else. It may be repeated; a member who is gone needs nothing. */
export async function unsubscribe(
  { communityId, memberId, kind }: Unsubscribe,
  now: Date,
): Promise<void> {
  await transaction(async (tx) => {
    const member = await tx.member.findUnique({
      where: { communityId_id: { communityId, id: memberId } },
      select: { community: { select: { timeZone: true } }, settings: true },
    });
    if (!member) return;
    const settings = settingsOf(member.settings);
    const changed: NotificationSettings =
      kind === "digest"
        ? { ...settings, digest: "never" }
        : { ...settings, mail: settings.mail.filter((each) => each !== kind) };
    const { timeZone } = member.community;
    await save(tx, { communityId, memberId, timeZone }, changed, now);
  });
}
