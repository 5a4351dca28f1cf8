import { z } from "zod";
import { overrideShape, weekShape } from "@/domain/availability/schema";
import { instantOf, localOf } from "../../../domain/kernel/calendar";
import { date, id, inCommunity, minutes } from "../../../domain/kernel/input";
import { addOverride, removeOverride, saveWeek } from "../../availability/commands";
import { readAvailability, readSlots } from "../../availability/queries";
import { memberProcedure, router } from "../trpc";

export const availabilityRouter = router({
  /** My usual week, its overrides, and my travel time. */
  mine: memberProcedure.input(inCommunity({})).query(async ({ ctx }) => {
    const { communityId, community, me, now } = ctx;
    const today = localOf(now, community.timeZone).date;
    const { travelMinutes } = me;
    return { ...(await readAvailability(communityId, me.id, today)), travelMinutes };
  }),

  saveWeek: memberProcedure
    .input(inCommunity(weekShape))
    .mutation(({ ctx, input: { community: _, ...input } }) => saveWeek(ctx, input)),

  addOverride: memberProcedure
    .input(inCommunity({ id, ...overrideShape }))
    .mutation(({ ctx, input: { community: _, ...input } }) => addOverride(ctx, input)),

  removeOverride: memberProcedure
    .input(inCommunity({ id }))
    .mutation(({ ctx, input }) => removeOverride(ctx, input)),

  /**
   * A member's slots of the given length; null when they have published no availability. Slots do
   * not reveal when the member is busy.
   */
  slots: memberProcedure
    .input(
      inCommunity({
        memberId: id,
        minutes,
        from: z.optional(date),
        days: z.int().min(1).max(42),
      }),
    )
    .query(({ ctx, input: { memberId, ...query } }) => {
      // Throws for a date that does not exist.
      if (query.from) instantOf(query.from, "12:00", "UTC");
      return readSlots(ctx.community, memberId, ctx.me.id, query, ctx.now);
    }),
});
