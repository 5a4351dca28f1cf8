import { z } from "zod";
import { browseListings, readListing, readListingsOf } from "../db/read/listings";
import { DomainError } from "../domain/errors";
import { id, inCommunity, line, listingShape } from "../domain/input";
import { categories, listingKinds } from "../domain/listing";
import {
  closeListing,
  createListing,
  pauseListing,
  renewListing,
  updateListing,
} from "../services/listing";
import { member, router } from "../trpc";

export const listingRouter = router({
  /** Open listings, newest first. */
  browse: member
    .input(
      inCommunity({
        kind: z.enum(listingKinds).optional(),
        category: z.enum(categories).optional(),
        words: line(0, 80).optional(),
        after: id.optional(),
      }),
    )
    .query(({ ctx, input }) => browseListings(ctx.communityId, input, ctx.now)),

  get: member.input(inCommunity({ id })).query(async ({ ctx, input }) => {
    const listing = await readListing(ctx.communityId, input.id, ctx.now);
    const isMine = listing?.member.id === ctx.me.id;
    // A closed listing stays readable for its member only.
    if (!listing || (!isMine && listing.state === "closed")) throw new DomainError("notFound");
    return { ...listing, isMine };
  }),

  /** All my listings, in every state. */
  mine: member
    .input(inCommunity({}))
    .query(({ ctx }) => readListingsOf(ctx.communityId, ctx.me.id, ctx.now, true)),

  create: member
    .input(inCommunity({ id, ...listingShape }))
    .mutation(({ ctx, input: { community: _, ...input } }) => createListing(ctx, input)),

  update: member
    .input(inCommunity({ id, ...listingShape }))
    .mutation(({ ctx, input: { community: _, ...input } }) => updateListing(ctx, input)),

  renew: member.input(inCommunity({ id })).mutation(({ ctx, input }) => renewListing(ctx, input)),
  pause: member.input(inCommunity({ id })).mutation(({ ctx, input }) => pauseListing(ctx, input)),
  close: member.input(inCommunity({ id })).mutation(({ ctx, input }) => closeListing(ctx, input)),
});
