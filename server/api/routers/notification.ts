import { z } from "zod";
import { id, inCommunity } from "../../../domain/kernel/input";
import { notificationSettingsShape } from "../../../domain/notification/schema";
import { markSeen } from "../../notification/commands";
import { readNotifications } from "../../notification/queries";
import {
  readSettings,
  readUnsubscribe,
  resumeMail,
  updateSettings,
} from "../../notification/settings";
import { readUnsubscribeToken } from "../../platform/mail/unsubscribe-link";
import { memberProcedure, publicProcedure, router } from "../trpc";

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

  /** How the member wants to be notified, and whether e-mails reach them. */
  settings: memberProcedure.input(inCommunity({})).query(({ ctx }) => readSettings(ctx)),

  /** Changes how the member wants to be notified. */
  updateSettings: memberProcedure
    .input(inCommunity(notificationSettingsShape))
    .mutation(({ ctx, input: { community: _, ...settings } }) => updateSettings(ctx, settings)),

  /** Lets e-mails be sent again after the recipient's server had refused several. */
  resumeMail: memberProcedure.input(inCommunity({})).mutation(({ ctx }) => resumeMail(ctx)),

  /** What an unsubscribe link stops; null for a link that is not valid. */
  unsubscribing: publicProcedure
    .input(z.strictObject({ token: z.string().max(200) }))
    .query(async ({ input }) => {
      const link = readUnsubscribeToken(input.token);
      return link && readUnsubscribe(link);
    }),
});
