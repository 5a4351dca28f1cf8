import { z } from "zod";
import { listingShape } from "@/domain/listing/schema";
import { pageShape } from "@/domain/search/schema";
import { DomainError } from "../../../domain/kernel/errors";
import { id, inCommunity } from "../../../domain/kernel/input";
import { seesListing } from "../../../domain/listing/access";
import { showsNearMatches } from "../../../domain/search/near-matches";
import {
  closeListing,
  createListing,
  pauseListing,
  renewListing,
  updateListing,
} from "../../listing/commands";
import { readListing, readListingPoints, readListingsOf } from "../../listing/queries";
import { requireMap } from "../../place/map-tiles";
import { readFacets } from "../../search/facets";
import { readNearest } from "../../search/nearest";
import { searchListings } from "../../search/queries";
import { memberProcedure, router } from "../trpc";

export const listingRouter = router({
  /** A page of matching open listings, the facets, and near matches where few are found. */
  browse: memberProcedure
    .meta({ read: "search" })
    .input(inCommunity(pageShape))
    .query(async ({ ctx: { communityId, me, now, locale }, input: { community: _, ...query } }) => {
      const [page, facets] = await Promise.all([
        searchListings(communityId, query, me, now),
        readFacets(communityId, query, me, now, locale),
      ]);
      const known = new Set(page.listings.map((listing) => listing.id));
      const nearest = showsNearMatches(query, facets.total)
        ? await readNearest(communityId, query, me, now)
        : [];
      return { ...page, facets, nearest: nearest.filter((listing) => !known.has(listing.id)) };
    }),

  /** The approximate locations of these listings' members, where set; for the map. */
  places: memberProcedure
    .input(inCommunity({ ids: z.array(id).max(100) }))
    .query(({ ctx, input }) => {
      requireMap();
      return readListingPoints(ctx.communityId, input.ids, ctx.now);
    }),

  get: memberProcedure.input(inCommunity({ id })).query(async ({ ctx, input }) => {
    const listing = await readListing(ctx.communityId, input.id, ctx.me, ctx.now);
    if (!listing || !seesListing(listing, ctx.me.id)) throw new DomainError("notFound");
    return { ...listing, isMine: listing.member.id === ctx.me.id };
  }),

  /** All my listings, in every state. */
  mine: memberProcedure
    .input(inCommunity({}))
    .query(({ ctx }) => readListingsOf(ctx.communityId, ctx.me.id, ctx.me, ctx.now, true)),

  create: memberProcedure
    .input(inCommunity({ id, ...listingShape }))
    .mutation(({ ctx, input: { community: _, ...input } }) => createListing(ctx, input)),

  update: memberProcedure
    .input(inCommunity({ id, ...listingShape }))
    .mutation(({ ctx, input: { community: _, ...input } }) => updateListing(ctx, input)),

  renew: memberProcedure
    .input(inCommunity({ id }))
    .mutation(({ ctx, input }) => renewListing(ctx, input)),
  pause: memberProcedure
    .input(inCommunity({ id }))
    .mutation(({ ctx, input }) => pauseListing(ctx, input)),
  close: memberProcedure
    .input(inCommunity({ id }))
    .mutation(({ ctx, input }) => closeListing(ctx, input)),
});
