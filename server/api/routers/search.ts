import { searchShape } from "@/domain/search/schema";
import { id, inCommunity } from "../../../domain/kernel/input";
import { deleteSearch, markSearchSeen, saveSearch } from "../../search/commands";
import { readSavedSearches } from "../../search/saved-searches";
import { memberProcedure, router } from "../trpc";

/** "Tell me when …": searches that a member keeps. */
export const searchRouter = router({
  /** Mine, each with how much is new. */
  saved: memberProcedure
    .meta({ read: "search" })
    .input(inCommunity({}))
    .query(({ ctx }) => readSavedSearches(ctx.communityId, ctx.me, ctx.now)),

  save: memberProcedure
    .input(inCommunity({ id, ...searchShape }))
    .mutation(({ ctx, input: { community: _, ...input } }) => saveSearch(ctx, input)),

  /** I have looked at what it finds. */
  seen: memberProcedure
    .input(inCommunity({ id }))
    .mutation(({ ctx, input }) => markSearchSeen(ctx, input)),

  forget: memberProcedure
    .input(inCommunity({ id }))
    .mutation(({ ctx, input }) => deleteSearch(ctx, input)),
});
