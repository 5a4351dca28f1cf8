/** Digests: what is new, by e-mail, as often as a member wants. */
import { nextDigest } from "../../domain/notification/channels";
import {
  chooseListings,
  type DigestListing,
  type DigestReader,
  isWorthSending,
} from "../../domain/notification/digest";
import { db, type Tx, transaction } from "../platform/db/client";
import { env } from "../platform/env";
import { localeOf } from "../platform/i18n/messages";
import { type ComposedMail, composeMail, mailTranslator } from "../platform/mail/layout";
import { UNSUBSCRIBE_PLACEHOLDER } from "../platform/mail/post-mail";
import { newId } from "../platform/tokens";
import { settingsOf } from "./settings";

/** Members whose digests are stored at once. */
const BATCH = 500;
/** The newest listings that are considered. */
const MAX_LISTINGS = 500;

type Community = { id: string; slug: string; name: string; language: string; timeZone: string };

/** Sends the digests that are due, of all communities. A job calls it every hour. */
export async function sendDigests(now: Date): Promise<void> {
  const communities = await db.community.findMany({
    select: { id: true, slug: true, name: true, language: true, timeZone: true },
  });
  for (const community of communities) await sendDigestsOf(community, now);
}

type Due = Awaited<ReturnType<typeof readDue>>[number];

/**
 * Sends the digests that are due in a community. It reads the community's news once, whatever the number of members,
 * and stores the e-mails in batches. A member who never had one gets the first when it is due the next time.
 */
export async function sendDigestsOf(community: Community, now: Date): Promise<void> {
  const due = await readDue(community.id, now);
  if (due.length === 0) return;
  const known = due.filter(({ settings }) => settings?.digestDueAt);
  const since = new Date(Math.min(...known.map(({ since: each }) => each.getTime())));
  const news = known.length > 0 ? await readNews(community.id, since, now) : null;
  for (let from = 0; from < due.length; from += BATCH) {
    const batch = due.slice(from, from + BATCH);
    const written: Written[] = [];
    for (const member of batch) {
      const mail =
        news && member.settings?.digestDueAt ? await digestOf(community, member, news, now) : null;
      written.push({ member, mail });
    }
    await transaction((tx) => store(tx, community, written, now));
  }
}

/** Members whose digest is due, or who have none planned yet. Addresses that are not verified get none. */
async function readDue(communityId: string, now: Date) {
  const rows = await db.member.findMany({
    where: {
      communityId,
      status: "active",
      user: { emailVerifiedAt: { not: null }, mailPausedAt: null },
      OR: [
        { settings: null },
        {
          settings: {
            digest: { not: "never" },
            OR: [{ digestDueAt: null }, { digestDueAt: { lte: now } }],
          },
        },
      ],
    },
    select: {
      id: true,
      displayName: true,
      neighbourhood: true,
      joinedAt: true,
      settings: true,
      user: { select: { email: true, language: true } },
    },
    orderBy: { id: "asc" },
  });
  return rows.map((row) => ({ ...row, since: row.settings?.digestUntil ?? row.joinedAt }));
}

type News = {
  listings: DigestListing[];
  has: Map<string, Set<string>>;
  unseen: Map<string, number>;
};

/** What is new in a community, in a few statements. */
async function readNews(communityId: string, since: Date, now: Date): Promise<News> {
  const open = { communityId, status: "open" as const, expiresAt: { gt: now } };
  const [rows, categories, counts] = await Promise.all([
    db.listing.findMany({
      where: { ...open, createdAt: { gt: since, lte: now }, member: { status: "active" } },
      select: {
        id: true,
        kind: true,
        title: true,
        category: true,
        memberId: true,
        createdAt: true,
        member: { select: { displayName: true, neighbourhood: true } },
      },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: MAX_LISTINGS,
    }),
    db.listing.groupBy({ by: ["memberId", "kind", "category"], where: open }),
    db.notification.groupBy({
      by: ["memberId"],
      where: { communityId, seenAt: null, withdrawnAt: null },
      _count: true,
    }),
  ]);
  const has = new Map<string, Set<string>>();
  for (const { memberId, kind, category } of categories) {
    const set = has.get(memberId) ?? new Set();
    has.set(memberId, set.add(`${kind}:${category}`));
  }
  return {
    listings: rows.map(({ member, ...row }) => ({
      ...row,
      by: member.displayName,
      neighbourhood: member.neighbourhood,
    })),
    has,
    unseen: new Map(counts.map(({ memberId, _count }) => [memberId, _count])),
  };
}

/** A member's digest; null when there is not enough to send. */
async function digestOf(
  community: Community,
  member: Due,
  news: News,
  now: Date,
): Promise<ComposedMail | null> {
  const reader: DigestReader = {
    id: member.id,
    neighbourhood: member.neighbourhood,
    since: member.since,
    has: news.has.get(member.id) ?? new Set(),
    unseen: news.unseen.get(member.id) ?? 0,
  };
  const listings = chooseListings(news.listings, reader);
  if (!isWorthSending(listings, reader, now)) return null;
  const locale = localeOf(member.user?.language ?? community.language);
  const say = mailTranslator(locale);
  const at = (path: string) => `${env().PUBLIC_URL}/${community.slug}${path}`;
  const items = listings.map(({ id, kind, title, by, neighbourhood }) => ({
    title,
    detail: neighbourhood
      ? say(`digest.${kind}Near`, { by, place: neighbourhood })
      : say(`digest.${kind}`, { by }),
    url: at(`/listings/${id}`),
  }));
  return composeMail({
    locale,
    subject:
      listings.length > 0
        ? say("digest.subject", { community: community.name, count: listings.length })
        : say("digest.subjectUnseen", { community: community.name, count: reader.unseen }),
    greeting: say("greeting", { name: member.displayName }),
    sentences: reader.unseen > 0 ? [say("digest.unseen", { count: reader.unseen })] : [],
    items,
    action:
      reader.unseen > 0
        ? { label: say("digest.openNews"), url: at("/notifications") }
        : { label: say("digest.browse"), url: at("/browse") },
    closing: say("notification.closing", { community: community.name }),
    unsubscribe: { label: say("digest.unsubscribe"), url: UNSUBSCRIBE_PLACEHOLDER },
  });
}

type Written = { member: Due; mail: ComposedMail | null };

/**
 * Stores the next due dates and the e-mails of a batch, in one statement. A member whose digest another worker has
 * stored meanwhile, or who has just switched it off, is left out.
 */
async function store(
  tx: Tx,
  { id: communityId, timeZone }: Community,
  written: readonly Written[],
  now: Date,
): Promise<void> {
  const rows = written.map(({ member, mail }) => {
    const { digest, ...settings } = settingsOf(member.settings);
    const wasDue = member.settings?.digestDueAt ?? null;
    return {
      member_id: member.id,
      ...settings,
      digest,
      was_due: wasDue,
      due: nextDigest(digest, now, timeZone),
      // What was not sent is looked at again the next time. The first digest begins with what is new from now on.
      until: mail || !wasDue ? now : member.since,
      mail_id: mail && newId(),
      recipient: member.user?.email,
      ...mail,
    };
  });
  await tx.$executeRaw`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given (
        member_id uuid, mail jsonb, push jsonb, "quietFrom" text, "quietUntil" text, digest text, "hidesTitles" boolean,
        was_due timestamptz, due timestamptz, until timestamptz,
        mail_id uuid, recipient text, subject text, text text, html text)
    ), planned AS (
      INSERT INTO notification_settings AS known (
        community_id, member_id, mail, push, quiet_from, quiet_until, digest, hides_titles, digest_due_at, digest_until)
      SELECT ${communityId}::uuid, member_id, ARRAY(SELECT jsonb_array_elements_text(mail)),
        ARRAY(SELECT jsonb_array_elements_text(push)), "quietFrom", "quietUntil", digest, "hidesTitles", due, until
      FROM given
      ON CONFLICT (community_id, member_id) DO UPDATE
      SET digest_due_at = excluded.digest_due_at, digest_until = excluded.digest_until
      WHERE known.digest = excluded.digest AND known.digest_due_at IS NOT DISTINCT FROM (
        SELECT was_due FROM given WHERE given.member_id = known.member_id)
      RETURNING member_id
    ), posted AS (
      INSERT INTO mail (id, recipient, subject, text, html, created_at, community_id, member_id, kind, thread)
      SELECT mail_id, recipient, subject, text, html, ${now}::timestamptz, ${communityId}::uuid, member_id, 'digest',
        'digest.' || member_id
      FROM given JOIN planned USING (member_id) WHERE mail_id IS NOT NULL
      RETURNING id
    )
    SELECT count(enqueue_job('send-mail', jsonb_build_object('mailId', id), ${now}::timestamptz, 'mail:' || id))
    FROM posted`;
}
