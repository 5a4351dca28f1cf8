import { readNeighbourhoods } from "../db/read/neighbourhoods";
import { id, inCommunity, neighbourhoodShape } from "../domain/input";
import {
  addNeighbourhood,
  removeNeighbourhood,
  updateNeighbourhood,
} from "../services/neighbourhood";
import { coordinator, member, router } from "../trpc";

/** The parts of town that the community has named. */
export const neighbourhoodRouter = router({
  list: member
    .input(inCommunity({}))
    .query(({ ctx }) => readNeighbourhoods(ctx.communityId, ctx.locale)),

  add: coordinator
    .input(inCommunity({ id, ...neighbourhoodShape }))
    .mutation(({ ctx, input: { community: _, ...input } }) => addNeighbourhood(ctx, input)),

  update: coordinator
    .input(inCommunity({ id, ...neighbourhoodShape }))
    .mutation(({ ctx, input: { community: _, ...input } }) => updateNeighbourhood(ctx, input)),

  remove: coordinator
    .input(inCommunity({ id }))
    .mutation(({ ctx, input }) => removeNeighbourhood(ctx, input)),
});
