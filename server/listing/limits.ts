import { DomainError } from "../../domain/kernel/errors";
import { LISTINGS, MAX_OPEN_LISTINGS } from "../../domain/kernel/limits";
import type { MemberContext } from "../membership/context";
import { createdIn } from "../membership/limits";
import { lockMe } from "../membership/locks";
import type { Tx } from "../platform/db/client";

/**
 * Requires that the member may have one more open listing.
 * @param isNew whether it counts in the daily limit
 * @throws DomainError tooManyListings {max}, tooManyListingsToday {max}, memberNotActive, notFound
 */
export async function requireUnderListingLimit(
  tx: Tx,
  ctx: MemberContext,
  id: string,
  isNew: boolean,
): Promise<void> {
  const { communityId, me, now } = ctx;
  const { status } = await lockMe(tx, ctx);
  if (status !== "active") throw new DomainError("memberNotActive");
  const [counted] = await tx.$queryRaw<{ open: number; today: number; known: boolean }[]>`
    SELECT count(*) FILTER (WHERE status = 'open' AND expires_at > ${now}::timestamptz
        AND id <> ${id}::uuid)::integer AS open,
      count(*) FILTER (WHERE ${createdIn(LISTINGS, now)})::integer AS today,
      coalesce(bool_or(id = ${id}::uuid), false) AS known
    FROM listing WHERE community_id = ${communityId}::uuid AND member_id = ${me.id}::uuid`;
  if (!counted || (isNew && counted.known)) return;
  if (counted.open >= MAX_OPEN_LISTINGS) {
    throw new DomainError("tooManyListings", { max: MAX_OPEN_LISTINGS });
  }
  if (isNew && counted.today >= LISTINGS.max) {
    throw new DomainError("tooManyListingsToday", { max: LISTINGS.max });
  }
}
