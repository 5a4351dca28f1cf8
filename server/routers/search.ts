import { readSavedSearches } from "../db/read/saved-searches";
import { id, inCommunity, searchShape } from "../domain/input";
import { forgetSearch, saveSearch, seeSearch } from "../services/saved-search";
import { member, router } from "../trpc";

/** "Tell me when …": searches that a member keeps. */
export const searchRouter = router({
  /** Mine, each with how much is new. */
  saved: member
    .input(inCommunity({}))
    .query(({ ctx }) => readSavedSearches(ctx.communityId, ctx.me, ctx.now)),

  save: member
    .input(inCommunity({ id, ...searchShape }))
    .mutation(({ ctx, input: { community: _, ...input } }) => saveSearch(ctx, input)),

  /** I have looked at what it finds. */
  seen: member.input(inCommunity({ id })).mutation(({ ctx, input }) => seeSearch(ctx, input)),

  forget: member.input(inCommunity({ id })).mutation(({ ctx, input }) => forgetSearch(ctx, input)),
});
