/** What proposing and recording have in common. */
import type { Tx } from "../db/client";
import { DomainError } from "../domain/errors";
import type { MemberContext } from "./context";

/**
 * Whether this id was used by this member before: then the request is a replay, and done.
 * @throws DomainError idTaken when the id belongs to somebody else's exchange
 */
export async function replayed(tx: Tx, ctx: MemberContext, id: string): Promise<boolean> {
  const { communityId, me } = ctx;
  // Two sendings of one form in the same instant queue here.
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${id}, 0))::text`;
  const first = await tx.exchangeEvent.findFirst({
    where: { communityId, exchangeId: id, version: 1 },
  });
  if (!first) return false;
  if (first.memberId !== me.id) throw new DomainError("idTaken");
  return true;
}

/** @throws DomainError notFound, sameGiverAndReceiver, memberNotActive */
export async function requireOther(
  tx: Tx,
  ctx: MemberContext,
  otherId: string | undefined,
): Promise<void> {
  const { communityId, me } = ctx;
  if (!otherId) throw new DomainError("notFound");
  if (otherId === me.id) throw new DomainError("sameGiverAndReceiver", {}, "otherId");
  const other = await tx.member.findUnique({
    where: { communityId_id: { communityId, id: otherId } },
  });
  if (!other) throw new DomainError("notFound");
  if (other.status !== "active") throw new DomainError("memberNotActive", {}, "otherId");
}
