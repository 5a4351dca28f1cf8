import type { InterfaceLanguage } from "@/domain/kernel/languages";
import { compareNames } from "../../domain/member/name-order";
import { db } from "../platform/db/client";

/** A community with its rules, in minutes. */
export type CommunityRow = NonNullable<Awaited<ReturnType<typeof readMembership>>>["community"];
export type MeRow = NonNullable<Awaited<ReturnType<typeof readMembership>>>["me"];

/** A community and the user's membership; null unless active or paused. */
export async function readMembership(slug: string, userId: string) {
  const row = await db.member.findFirst({
    where: { userId, community: { slug }, status: { in: ["active", "paused"] } },
    include: { community: true },
  });
  if (!row) return null;
  const { community, ...me } = row;
  return { community, me };
}

/** Of these members those who are active or paused, each as "COMMUNITY MEMBER". */
export async function presentMembers(memberIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.member.findMany({
    where: { id: { in: [...memberIds] }, status: { in: ["active", "paused"] } },
    select: { communityId: true, id: true },
  });
  return new Set(rows.map(({ communityId, id }) => `${communityId} ${id}`));
}

/** The communities of which a user is an active or paused member, by name. */
export async function readMyCommunities(userId: string, language: InterfaceLanguage) {
  const rows = await db.member.findMany({
    where: { userId, status: { in: ["active", "paused"] } },
    select: { role: true, community: { select: { slug: true, name: true } } },
    orderBy: { communityId: "asc" },
  });
  const compare = compareNames(language);
  return rows
    .map(({ role, community }) => ({ ...community, role }))
    .sort((one, other) => compare(one.name, other.name));
}
