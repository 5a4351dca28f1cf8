import { DomainError } from "../../../domain/kernel/errors";
import { inCommunity } from "../../../domain/kernel/input";
import {
  countDecisions,
  countWaiting,
  readCredited,
  readHomeExchanges,
} from "../../exchange/queries";
import { readAccount } from "../../ledger/account";
import { readListingsOf } from "../../listing/queries";
import type { MemberContext } from "../../membership/context";
import { readFreshListings } from "../../search/queries";
import { countSearchNews } from "../../search/saved-searches";
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
