import { privacyNoticeShape } from "@/domain/privacy/schema";
import { columnsOf } from "../../domain/kernel/fields";
import { isInvitation } from "../community/queries";
import { named } from "../membership/member-name";
import { configuredMap } from "../place/map-tiles";
import { db } from "../platform/db/client";
import { env } from "../platform/env";
import { hashToken } from "../platform/tokens";

const shown = { ...columnsOf(privacyNoticeShape), version: true, changedAt: true } as const;

/**
 * A community's privacy notice, for everyone who may see its join page and for everyone about whom it stores
 * data: its members, and those who applied, left or were suspended.
 * @returns null for all others, whether or not the community exists
 */
export async function readPrivacyNotice(
  slug: string,
  by: { userId: string | undefined; token: string | undefined },
  now: Date,
) {
  const found = await db.community.findUnique({
    where: { slug },
    select: {
      id: true,
      slug: true,
      name: true,
      timeZone: true,
      joining: true,
      balancesVisible: true,
      privacyNotice: { select: shown },
    },
  });
  if (!found) return null;
  const { id, joining, privacyNotice: notice, ...community } = found;
  const me = by.userId ? await readStanding(id, by.userId) : null;
  const mayRead =
    joining === "open" ||
    me !== null ||
    (by.token !== undefined && (await isInvitation(id, hashToken(by.token), now)));
  if (!mayRead) return null;
  const takesPart = me?.status === "active" || me?.status === "paused";
  return {
    community,
    notice,
    viewer: takesPart ? me.role : ("visitor" as const),
    facts: readFacts(),
  };
}

const readStanding = (communityId: string, userId: string) =>
  db.member.findUnique({
    where: { communityId_userId: { communityId, userId } },
    select: { role: true, status: true },
  });

/** What the notice says that depends on the configuration of the installation. */
function readFacts() {
  const { EVENHOUR_BACKUP_KEEP, SMTP_URL, OIDC_ISSUER, OIDC_NAME } = env();
  return {
    /** The number of nightly backups; 0 for none. */
    backups: EVENHOUR_BACKUP_KEEP,
    sendsMail: Boolean(SMTP_URL),
    mapHost: configuredMap()?.host ?? null,
    /** The name of the provider with which people can sign in. */
    provider: OIDC_ISSUER ? (OIDC_NAME ?? "OpenID Connect") : null,
  };
}

/** The notice and who changed it last, for coordinators; null before it is filled in. */
export async function readNoticeDetails(communityId: string) {
  return db.privacyNotice.findUnique({
    where: { communityId },
    select: { ...shown, changedBy: { select: named } },
  });
}

/** Whether the coordinators have said who runs the community. */
export async function hasPrivacyNotice(communityId: string): Promise<boolean> {
  return (await db.privacyNotice.count({ where: { communityId } })) > 0;
}
