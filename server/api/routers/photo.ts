import { id, inCommunity } from "../../../domain/kernel/input";
import { removePhoto } from "../../photo/commands";
import { memberProcedure, router } from "../trpc";

/** Putting a photo up is a form of its own: server/api/http/photos.ts. */
export const photoRouter = router({
  /** Takes down my photo, or that of a listing of mine. */
  remove: memberProcedure
    .input(inCommunity({ listingId: id.optional() }))
    .mutation(({ ctx, input }) => removePhoto(ctx, input)),
});
