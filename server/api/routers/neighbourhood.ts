import { neighbourhoodShape } from "@/domain/place/schema";
import { id, inCommunity } from "../../../domain/kernel/input";
import { addNeighbourhood, removeNeighbourhood, updateNeighbourhood } from "../../place/commands";
import { readNeighbourhoods } from "../../place/queries";
import { coordinatorProcedure, memberProcedure, router } from "../trpc";

/** The neighbourhoods of the community. */
export const neighbourhoodRouter = router({
  list: memberProcedure
    .input(inCommunity({}))
    .query(({ ctx }) => readNeighbourhoods(ctx.communityId, ctx.locale)),

  add: coordinatorProcedure
    .input(inCommunity({ id, ...neighbourhoodShape }))
    .mutation(({ ctx, input: { community: _, ...input } }) => addNeighbourhood(ctx, input)),

  update: coordinatorProcedure
    .input(inCommunity({ id, ...neighbourhoodShape }))
    .mutation(({ ctx, input: { community: _, ...input } }) => updateNeighbourhood(ctx, input)),

  remove: coordinatorProcedure
    .input(inCommunity({ id }))
    .mutation(({ ctx, input }) => removeNeighbourhood(ctx, input)),
});
