import { DomainError } from "../../../domain/kernel/errors";
import { inCommunity } from "../../../domain/kernel/input";
import { countIn } from "../../../domain/notification/live";
import {
  countDecisions,
  countWaiting,
  readCredited,
  readHomeExchanges,
} from "../../exchange/queries";
import { readAccount } from "../../ledger/account";
import { readListingsOf } from "../../listing/queries";
import type { MemberContext } from "../../membership/context";
import { readNotifications, readUnseenStates } from "../../notification/queries";
import { hasPrivacyNotice } from "../../privacy/queries";
import { readFreshListings } from "../../search/queries";
import { countSearchNews } from "../../search/saved-searches";
import { memberProcedure, router } from "../trpc";

/** New listings shown on the home page. */
const MAX_FRESH = 6;
/** Unseen notifications shown on the home page. */
const MAX_NEWS = 5;

/** The number of disputes that wait for the coordinator's decision; 0 for other members. */
const countMyDecisions = ({ communityId, me }: MemberContext) =>
  me.role === "coordinator" ? countDecisions(communityId, me.id) : 0;

/** Whether the coordinator still has to say who runs the community; false for other members. */
const lacksPrivacyNotice = async ({ communityId, me }: MemberContext) =>
  me.role === "coordinator" && !(await hasPrivacyNotice(communityId));

export const homeRouter = router({
  /**
   * The numbers of exchanges that wait for my answer, of disputes that wait for my decision, and of
   * notifications that I have not seen, for the badges of the navigation.
   */
  waiting: memberProcedure.input(inCommunity({})).query(async ({ ctx }) => {
    const { communityId, me } = ctx;
    const [state = ""] = await readUnseenStates([{ communityId, memberId: me.id }]);
    return {
      exchanges: await countWaiting(communityId, me.id),
      decisions: await countMyDecisions(ctx),
      unseen: countIn(state),
      /** The state of the notifications, to compare with what the stream sends later. */
      state,
    };
  }),

  /** The home page: pending answers, credits by others, balance, next exchanges, new listings. */
  get: memberProcedure.input(inCommunity({})).query(async ({ ctx }) => {
    const { communityId, community, me, now } = ctx;
    const [account, exchanges, decisions, credited, fresh, mine, searches, lacksNotice, news] =
      await Promise.all([
        readAccount(communityId, me.id),
        readHomeExchanges(communityId, me.id, now),
        countMyDecisions(ctx),
        readCredited(communityId, me.id, community, now),
        readFreshListings(communityId, me, now, MAX_FRESH),
        readListingsOf(communityId, me.id, me, now, true),
        countSearchNews(communityId, me, now),
        lacksPrivacyNotice(ctx),
        readNotifications(communityId, me.id, { onlyUnseen: true, take: MAX_NEWS }),
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
      news,
      lacksNotice,
    };
  }),
});
