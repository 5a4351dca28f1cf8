import { burstsOf } from "../../domain/community/join-bursts";
import { MAX_ROWS } from "../../domain/kernel/limits";
import { claimsRole, looksLike } from "../../domain/member/impersonation";
import { named } from "../membership/member-name";
import { db } from "../platform/db/client";

const DAY_MS = 86_400_000;
/** How long a burst is shown. */
const SHOWN_DAYS = 7;
/** The latest joins that are examined. */
const MAX_JOINS = 2000;

/** Recent bursts of joins, with the invitation used. */
export async function readBursts(communityId: string, now: Date) {
  const rows = await db.memberJoin.findMany({
    where: { communityId, joinedAt: { gt: new Date(now.getTime() - SHOWN_DAYS * DAY_MS) } },
    include: {
      member: { select: named },
      invitation: { select: { id: true, label: true, withdrawnAt: true } },
    },
    orderBy: { joinedAt: "desc" },
    take: MAX_JOINS,
  });
  const invitations = new Map(rows.map(({ invitation }) => [invitation?.id, invitation]));
  const joins = rows.map(({ member, ...join }) => ({ ...join, ...member }));
  return burstsOf(joins).map(({ invitationId, members, from, to, isOneAddress }) => {
    const invitation = invitationId ? invitations.get(invitationId) : null;
    return {
      count: members.length,
      members: members.slice(0, MAX_ROWS.names),
      /** Whole minutes from the first to the last, at least one. */
      minutes: Math.max(1, Math.ceil((to.getTime() - from.getTime()) / 60_000)),
      isOneAddress,
      to,
      invitation: invitation
        ? {
            id: invitation.id,
            label: invitation.label,
            isWithdrawn: invitation.withdrawnAt !== null,
          }
        : null,
    };
  });
}

/**
 * Members whose names look like a coordinator's or claim a role. The rule refuses such names now;
 * these are older, or a coordinator was renamed.
 */
export async function readNamesLikeCoordinators(communityId: string) {
  const rows = await db.member.findMany({
    where: { communityId, status: { in: ["active", "paused"] } },
    select: { id: true, number: true, displayName: true, role: true },
    orderBy: { number: "asc" },
  });
  const coordinators = rows.filter(({ role }) => role === "coordinator");
  const isLike = likenessTo(coordinators.map(({ displayName }) => displayName));
  return rows
    .filter(({ role, displayName }) => role !== "coordinator" && isLike(displayName))
    .slice(0, MAX_ROWS.names)
    .map(({ id, number, displayName, role }) => ({ id, number, displayName, role }));
}

const likenessTo = (names: readonly string[]) => (name: string) =>
  claimsRole(name) || names.some((other) => looksLike(name, other));
