import { readAccount } from "../db/read/account";
import { countWaiting, readCredited, readHomeExchanges } from "../db/read/exchanges";
import { readListingsOf } from "../db/read/listings";
import { readNewsOfSearches } from "../db/read/saved-searches";
import { readFreshListings } from "../db/read/search";
import { DomainError } from "../domain/errors";
import { inCommunity } from "../domain/input";
import { member, router } from "../trpc";

/** How many new listings home shows. */
const FRESH = 6;

export const homeRouter = router({
  /** How many exchanges wait for my word; for the mark beside "Exchanges". */
  waiting: member
    .input(inCommunity({}))
    .query(({ ctx }) => countWaiting(ctx.communityId, ctx.me.id)),

  /** What needs my answer, what came to me unasked, my balance, what is coming, what is new near me. */
  get: member.input(inCommunity({})).query(async ({ ctx }) => {
    const { communityId, community, me, now } = ctx;
    const [account, exchanges, credited, fresh, mine, searches] = await Promise.all([
      readAccount(communityId, me.id),
      readHomeExchanges(communityId, me.id, now),
      readCredited(communityId, me.id, community, now),
      readFreshListings(communityId, me, now, FRESH),
      readListingsOf(communityId, me.id, me, now, true),
      readNewsOfSearches(communityId, me, now),
    ]);
    if (!account) throw new DomainError("notFound");
    return {
      account,
      ...exchanges,
      credited,
      fresh,
      lapsed: mine.filter(({ state }) => state === "lapsed"),
      hasListings: mine.length > 0,
      searches,
    };
  }),
});
