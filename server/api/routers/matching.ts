import { DomainError } from "../../../domain/kernel/errors";
import { id, inCommunity } from "../../../domain/kernel/input";
import { readListing, readListingsOf } from "../../listing/queries";
import { readMutualMatches, readSuggestions } from "../../matching/queries";
import { memberProcedure, router } from "../trpc";

export const matchRouter = router({
  /** Members who could help with my request, or who need my offer; none while it is not open. */
  forListing: memberProcedure.input(inCommunity({ id })).query(async ({ ctx, input }) => {
    const { communityId, me, now } = ctx;
    const listing = await readListing(communityId, input.id, me, now);
    if (listing?.member.id !== me.id) throw new DomainError("notFound");
    if (listing.state !== "open" || me.status !== "active") return [];
    const { balancesVisible } = ctx.community;
    return readSuggestions(listing, { communityId, me, now, balancesVisible });
  }),

  /** My mutual matches: pairs, and circles of three. */
  mine: memberProcedure.input(inCommunity({})).query(async ({ ctx }) => {
    const { communityId, me, now } = ctx;
    if (me.status !== "active") return { pairs: [], circles: [] };
    const listings = await readListingsOf(communityId, me.id, me, now, false);
    const { balancesVisible } = ctx.community;
    return readMutualMatches(listings, { communityId, me, now, balancesVisible });
  }),
});
