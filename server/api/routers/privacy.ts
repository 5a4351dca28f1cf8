import { z } from "zod";
import { privacyNoticeShape } from "@/domain/privacy/schema";
import { DomainError } from "../../../domain/kernel/errors";
import { inCommunity, slug } from "../../../domain/kernel/input";
import { updatePrivacyNotice } from "../../privacy/commands";
import { readNoticeDetails, readPrivacyNotice } from "../../privacy/queries";
import { coordinatorProcedure, publicProcedure, router } from "../trpc";

/** The imprint and the privacy notice of a community. */
export const privacyRouter = router({
  /** For members, former members, and visitors who may see the join page. */
  read: publicProcedure
    .input(z.strictObject({ community: slug, token: z.string().max(100).optional() }))
    .query(async ({ ctx, input }) => {
      const by = { userId: ctx.actor?.userId, token: input.token };
      const found = await readPrivacyNotice(input.community, by, ctx.now);
      // A visitor who may not join must not learn that the community exists.
      if (!found) throw new DomainError("notFound");
      return found;
    }),

  /** For the coordinators' form. */
  details: coordinatorProcedure
    .input(inCommunity({}))
    .query(({ ctx }) => readNoticeDetails(ctx.communityId)),

  update: coordinatorProcedure
    .meta({ audit: true })
    .input(inCommunity(privacyNoticeShape))
    .mutation(({ ctx, input: { community: _, ...input } }) => updatePrivacyNotice(ctx, input)),
});
