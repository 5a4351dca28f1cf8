import type { InterfaceLanguage } from "@/domain/kernel/languages";
import { MAX_OPEN_INVITATIONS, MAX_ROWS } from "../../domain/kernel/limits";
import { named } from "../membership/member-name";
import { db } from "../platform/db/client";
import { Prisma } from "../platform/db/generated/client";
import { nameOrder } from "../platform/db/name-order";

/** What a visitor with a link may see of a community. */
export async function readFront(slug: string) {
  return db.community.findUnique({
    where: { slug },
    select: { id: true, slug: true, name: true, about: true, joining: true, language: true },
  });
}

/** Communities that are open to join, for the welcome page. */
export async function readOpenCommunities(language: InterfaceLanguage) {
  return db.$queryRaw<{ slug: string; name: string; about: string }[]>`
    SELECT slug, name, about FROM community WHERE joining = 'open'
    ORDER BY ${nameOrder(Prisma.sql`name`, language)}, id LIMIT ${MAX_ROWS.openCommunities}`;
}

/** Whether the installation has been claimed. */
export async function readClaimed(): Promise<boolean> {
  return (await db.installation.count({ where: { claimedAt: { not: null } } })) > 0;
}

/** Whether this is the token of the latest set-up link. */
export async function isSetupToken(tokenHash: string): Promise<boolean> {
  return (
    (await db.installation.count({ where: { claimedAt: null, setupTokenHash: tokenHash } })) > 0
  );
}

/** Whether an invitation can still be used. */
export async function isInvitation(
  communityId: string,
  tokenHash: string,
  now: Date,
): Promise<boolean> {
  const found = await db.invitation.count({
    where: {
      communityId,
      tokenHash,
      withdrawnAt: null,
      expiresAt: { gt: now },
      uses: { lt: db.invitation.fields.maxUses },
    },
  });
  return found > 0;
}

/** More than the limit, since invitations may be older than it. */
const MAX_OPEN = 10 * MAX_OPEN_INVITATIONS;

/** A community's invitations, newest first; `state` is "open" while one works, else the reason. */
export async function readInvitations(communityId: string, now: Date) {
  const isOpen = {
    withdrawnAt: null,
    expiresAt: { gt: now },
    uses: { lt: db.invitation.fields.maxUses },
  };
  const read = (where: Prisma.InvitationWhereInput, take: number) =>
    db.invitation.findMany({
      where: { AND: [{ communityId }, where] },
      include: { createdBy: { select: named } },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take,
    });
  // Separate limits, so that ended invitations do not displace open ones.
  const parts = await Promise.all([
    read(isOpen, MAX_OPEN),
    read({ NOT: isOpen }, MAX_ROWS.invitationsOver),
  ]);
  const rows = parts
    .flat()
    .sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime());
  return rows.map(({ id, label, createdAt, expiresAt, maxUses, uses, withdrawnAt, createdBy }) => ({
    id,
    label,
    createdAt,
    expiresAt,
    maxUses,
    uses,
    by: createdBy,
    state: withdrawnAt
      ? ("withdrawn" as const)
      : expiresAt <= now
        ? ("expired" as const)
        : uses >= maxUses
          ? ("used" as const)
          : ("open" as const),
  }));
}

/** The figures on the coordinators' page. */
export async function readOverview(communityId: string, now: Date) {
  const [members, listings, settled, disputed] = await Promise.all([
    db.member.count({ where: { communityId, status: "active" } }),
    db.listing.count({ where: { communityId, status: "open", expiresAt: { gt: now } } }),
    db.exchange.count({ where: { communityId, status: "settled" } }),
    db.exchange.count({ where: { communityId, status: "disputed" } }),
  ]);
  return { members, listings, settled, disputed };
}
