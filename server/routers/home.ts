import { readAccount } from "../db/read/account";
import {
  countDecisions,
  countWaiting,
  readCredited,
  readHomeExchanges,
} from "../db/read/exchanges";
import { readListingsOf } from "../db/read/listings";
import { countSearchNews } from "../db/read/saved-searches";
import { readFreshListings } from "../db/read/search";
import { DomainError } from "../domain/errors";
import { inCommunity } from "../domain/input";
import type { MemberContext } from "../services/context";
import { memberProcedure, router } from "../trpc";

/** How many new listings home shows. */
const FRESH = 6;

/** Disputes that wait for my decision; none for who coordinates nothing. */
const countMyDecisions = ({ communityId, me }: MemberContext) =>
  me.role === "coordinator" ? countDecisions(communityId, me.id) : 0;

export const homeRouter = router({
  /**
   * How many exchanges wait for my word, and how many disputes for my decision as a coordinator; for
   * the marks beside "Exchanges" and "Coordinate".
   */
  waiting: memberProcedure.input(inCommunity({})).query(async ({ ctx }) => ({
    exchanges: await countWaiting(ctx.communityId, ctx.me.id),
    decisions: await countMyDecisions(ctx),
  })),

  /** What needs my answer, what came to me unasked, my balance, what is coming, what is new near me. */
  get: memberProcedure.input(inCommunity({})).query(async ({ ctx }) => {
    const { communityId, community, me, now } = ctx;
    const [account, exchanges, decisions, credited, fresh, mine, searches] = await Promise.all([
      readAccount(communityId, me.id),
      readHomeExchanges(communityId, me.id, now),
      countMyDecisions(ctx),
      readCredited(communityId, me.id, community, now),
      readFreshListings(communityId, me, now, FRESH),
      readListingsOf(communityId, me.id, me, now, true),
      countSearchNews(communityId, me, now),
    ]);
    if (!account) throw new DomainError("notFound");
    return {
      account,
      ...exchanges,
      decisions,
      credited,
      fresh,
      lapsed: mine.filter(({ state }) => state === "lapsed"),
      hasListings: mine.length > 0,
      searches,
    };
  }),
});
