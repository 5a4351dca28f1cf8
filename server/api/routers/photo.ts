import { z } from "zod";
import { id, inCommunity } from "../../../domain/kernel/input";
import { removePhoto } from "../../photo/commands";
import { memberProcedure, router } from "../trpc";

/** Photos are uploaded through server/api/http/photos.ts. */
export const photoRouter = router({
  /** Removes my photo, or the photo of my listing. */
  remove: memberProcedure
    .input(inCommunity({ listingId: z.optional(id) }))
    .mutation(({ ctx, input }) => removePhoto(ctx, input)),
});
