/** Protection against names, and neighbourhoods beside them, that impersonate a coordinator. */

import { DomainError } from "../../domain/kernel/errors";
import { claimsRole, looksLike } from "../../domain/member/impersonation";
import { findByName } from "../../domain/place/neighbourhood";
import type { Tx } from "../platform/db/client";

/**
 * Requires that a member's name neither looks like a coordinator's nor claims a role. Call it behind
 * the community's lock, so that a coordinator renamed meanwhile counts.
 * @param field the form field of the error
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

/**
 * Requires that a neighbourhood, which stands below the member's name, claims no role. Neighbourhoods that the
 * coordinators defined may have any name.
 * @throws DomainError neighbourhoodClaimsRole
 */
export async function requirePlainNeighbourhood(
  tx: Tx,
  communityId: string,
  neighbourhood: string,
): Promise<void> {
  if (!claimsRole(neighbourhood)) return;
  const defined = await tx.neighbourhood.findMany({
    where: { communityId },
    select: { name: true },
  });
  if (!findByName(defined, neighbourhood)) {
    throw new DomainError("neighbourhoodClaimsRole", {}, "neighbourhood");
  }
}
