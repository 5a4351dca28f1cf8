import { defaultRules, slugOf } from "../../domain/community/community";
import { isTimeZone } from "../../domain/kernel/calendar";
import { DomainError } from "../../domain/kernel/errors";
import { isRegion, regionOfZone } from "../../domain/kernel/region";
import { openAccount } from "../ledger/commands";
import { admitMember } from "../membership/admit-member";
import type { Tx } from "../platform/db/client";
import { newId } from "../platform/tokens";

export type CommunityInput = {
  name: string;
  language: string;
  timeZone: string;
  /** ISO 3166 alpha-2; null or undefined for the region of the time zone. */
  region?: string | null | undefined;
};

/**
 * Creates a community with its fund and its first coordinator, within the caller's transaction.
 * @throws DomainError timeZoneUnknown, regionUnknown
 */
export async function createCommunity(
  tx: Tx,
  input: CommunityInput,
  founder: { userId: string; displayName: string },
  now: Date,
) {
  const { name, language, timeZone, region = null } = input;
  requirePlace(timeZone, region);
  await lockFounding(tx);
  const id = newId();
  const community = await tx.community.create({
    data: {
      id,
      slug: await freeSlug(tx, slugOf(input.name)),
      about: "",
      joining: "invitation",
      nextMemberNumber: 1,
      createdAt: now,
      name,
      language,
      timeZone,
      // Stored, so that a later table of time zones does not change it.
      region: region ?? regionOfZone(timeZone),
      ...defaultRules,
    },
  });
  // The fund has no floor: it pays welcome credit before the first donation comes in.
  await openAccount(tx, { communityId: id, id, kind: "fund" });
  const first = { ...founder, role: "coordinator" as const };
  const coordinator = await admitMember(tx, community, first, now, {
    kind: "founder",
    actingUserId: founder.userId,
  });
  return { community, coordinator };
}

/** Serializes the creation of communities: concurrent ones could choose the same slug. */
export const lockFounding = (tx: Tx) =>
  tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('found a community', 0))::text`;

/** @throws DomainError timeZoneUnknown, regionUnknown */
export function requirePlace(timeZone: string, region: string | null): void {
  if (!isTimeZone(timeZone)) throw new DomainError("timeZoneUnknown", {}, "timeZone");
  if (region !== null && !isRegion(region)) throw new DomainError("regionUnknown", {}, "region");
}

/** The slug, or the first free one of slug-2, slug-3, … */
async function freeSlug(tx: Tx, wanted: string): Promise<string> {
  const near = await tx.community.findMany({
    where: { slug: { startsWith: wanted } },
    select: { slug: true },
  });
  const taken = new Set(near.map(({ slug }) => slug));
  let free = wanted;
  for (let number = 2; taken.has(free); number += 1) free = `${wanted}-${number}`;
  return free;
}
