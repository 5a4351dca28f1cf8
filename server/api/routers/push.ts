import { z } from "zod";
import { id } from "../../../domain/kernel/input";
import { subscriptionShape } from "../../../domain/push/schema";
import { chooseText, subscribe, unsubscribe } from "../../push/commands";
import { readPush } from "../../push/queries";
import { authedProcedure, router } from "../trpc";

export const pushRouter = router({
  /** The devices on which I receive push, and the key with which a browser subscribes. */
  mine: authedProcedure.query(({ ctx }) => readPush(ctx.actor)),

  /** Switches push on for this session; its browser made the subscription. */
  subscribe: authedProcedure
    .meta({ audit: true })
    .input(subscriptionShape)
    .mutation(({ ctx, input }) => subscribe(ctx.actor, input, ctx.now)),

  /** Chooses whether the notifications on one of my devices say who did what. */
  chooseText: authedProcedure
    .input(z.strictObject({ id, fullText: z.boolean() }))
    .mutation(({ ctx, input }) => chooseText(ctx.actor.userId, input)),

  /** Switches push off on one of my devices. */
  unsubscribe: authedProcedure
    .meta({ audit: true })
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }) => unsubscribe(ctx.actor.userId, input.id)),
});
