/** Names that are taken for nobody else's. */
import type { Tx } from "../db/client";
import { DomainError } from "../domain/errors";
import { claimsRole, looksLike } from "../domain/impersonation";

/**
 * Locks a community until the transaction ends: who joins, renames themselves or changes its rules
 * waits.
 * @returns its id, or null for none
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

/**
 * That a name looks like no coordinator's and claims no role, for somebody who is none. Asked
 * behind the community's lock, so that a coordinator who is renamed meanwhile counts.
 * @param field of the form
 * @throws DomainError nameLikeCoordinator, nameClaimsRole
 */
export async function requireOwnName(
  tx: Tx,
  communityId: string,
  name: string,
  field: string,
): Promise<void> {
  if (claimsRole(name)) throw new DomainError("nameClaimsRole", {}, field);
  const coordinators = await tx.member.findMany({
    where: { communityId, role: "coordinator", status: { in: ["active", "paused"] } },
    select: { displayName: true },
  });
  if (coordinators.some(({ displayName }) => looksLike(name, displayName))) {
    throw new DomainError("nameLikeCoordinator", {}, field);
  }
}
