import { z } from "zod";
import { id, inCommunity } from "../../../domain/kernel/input";
import { markSeen } from "../../notification/commands";
import { readNotifications } from "../../notification/queries";
import { memberProcedure, router } from "../trpc";

export const notificationRouter = router({
  /** The member's notifications, the latest first. */
  mine: memberProcedure
    .input(inCommunity({}))
    .query(({ ctx }) => readNotifications(ctx.communityId, ctx.me.id)),

  /** Marks the member's notifications about one subject, or all, as seen. */
  markSeen: memberProcedure
    .input(inCommunity({ exchangeId: z.optional(id) }))
    .mutation(({ ctx, input: { exchangeId } }) =>
      markSeen(ctx, exchangeId ? { exchangeId } : null),
    ),
});
