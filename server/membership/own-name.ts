/** Names that are taken for nobody else's. */

import { DomainError } from "../../domain/kernel/errors";
import { claimsRole, looksLike } from "../../domain/member/impersonation";
import type { Tx } from "../platform/db/client";

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
