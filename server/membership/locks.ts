/** Locks on rows that several use cases change, held until the transaction ends. */

import { DomainError } from "../../domain/kernel/errors";
import type { Tx } from "../platform/db/client";
import type { MemberContext } from "./context";

/**
 * Locks a community: joining, renaming a member and changing its rules wait.
 * @returns its id; null for an unknown community
 */
export async function lockCommunity(
  tx: Tx,
  named: { slug: string } | { id: string },
): Promise<string | null> {
  const [row] =
    "slug" in named
      ? await tx.$queryRaw<{ id: string }[]>`
          SELECT id FROM community WHERE slug = ${named.slug} FOR NO KEY UPDATE`
      : await tx.$queryRaw<{ id: string }[]>`
          SELECT id FROM community WHERE id = ${named.id}::uuid FOR NO KEY UPDATE`;
  return row?.id ?? null;
}

/** A member's status, read behind the lock. */
export type Status = { status: string };

/**
 * Locks the caller's own row.
 * @throws DomainError notFound when they have left or were suspended since the request began
 */
export async function lockMe(tx: Tx, { communityId, me }: MemberContext): Promise<Status> {
  const [row] = await tx.$queryRaw<Status[]>`
    SELECT status::text FROM member WHERE community_id = ${communityId}::uuid AND id = ${me.id}::uuid
    FOR NO KEY UPDATE`;
  if (row?.status !== "active" && row?.status !== "paused") throw new DomainError("notFound");
  return row;
}

/**
 * Locks the caller's own row against changes; after the community's lock where both are taken.
 * @throws DomainError notFound when they stopped being a coordinator since the request began
 */
export async function lockCoordinator(tx: Tx, { communityId, me }: MemberContext): Promise<void> {
  const rows = await tx.$queryRaw<object[]>`
    SELECT id FROM member WHERE community_id = ${communityId}::uuid AND id = ${me.id}::uuid
      AND role = 'coordinator' AND status IN ('active', 'paused')
    FOR SHARE`;
  if (rows.length === 0) throw new DomainError("notFound");
}
