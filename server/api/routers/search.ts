import { searchShape } from "@/domain/search/schema";
import { id, inCommunity } from "../../../domain/kernel/input";
import { deleteSearch, markSearchSeen, saveSearch } from "../../search/commands";
import { readSavedSearches } from "../../search/saved-searches";
import { memberProcedure, router } from "../trpc";

/** Saved searches. */
export const searchRouter = router({
  /** My saved searches, each with its number of new listings. */
  saved: memberProcedure
    .meta({ read: "search" })
    .input(inCommunity({}))
    .query(({ ctx }) => readSavedSearches(ctx.communityId, ctx.me, ctx.now)),

  save: memberProcedure
    .input(inCommunity({ id, ...searchShape }))
    .mutation(({ ctx, input: { community: _, ...input } }) => saveSearch(ctx, input)),

  /** Marks the present results of a search as seen. */
  seen: memberProcedure
    .input(inCommunity({ id }))
    .mutation(({ ctx, input }) => markSearchSeen(ctx, input)),

  deleteSaved: memberProcedure
    .input(inCommunity({ id }))
    .mutation(({ ctx, input }) => deleteSearch(ctx, input)),
});
