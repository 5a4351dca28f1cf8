import { DomainError } from "../../domain/kernel/errors";
import { THANKS_TO_ONE, windowOf } from "../../domain/kernel/limits";
import type { MemberContext } from "../membership/context";
import { lockMe } from "../membership/locks";
import type { Tx } from "../platform/db/client";

/**
 * Requires that the member may thank the same member for one more exchange.
 * @throws DomainError tooManyThanks {max}
 */
export async function requireUnderThanksLimit(
  tx: Tx,
  ctx: MemberContext,
  { exchangeId, toMemberId }: { exchangeId: string; toMemberId: string },
): Promise<void> {
  const { communityId, me, now } = ctx;
  await lockMe(tx, ctx);
  const written = await tx.thanks.count({
    where: {
      communityId,
      fromMemberId: me.id,
      toMemberId,
      exchangeId: { not: exchangeId },
      createdAt: windowOf(THANKS_TO_ONE, now),
    },
  });
  if (written >= THANKS_TO_ONE.max) {
    throw new DomainError("tooManyThanks", { max: THANKS_TO_ONE.max });
  }
}
