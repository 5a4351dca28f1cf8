import { z } from "zod";
import { readAvailability, readSlots } from "../db/read/availability";
import { instantOf, localOf } from "../domain/calendar";
import { date, exceptionShape, id, inCommunity, minutes, weekShape } from "../domain/input";
import { addException, keepWeek, removeException } from "../services/availability";
import { member, router } from "../trpc";

export const availabilityRouter = router({
  /** My week, the days that differ, and how long I travel. */
  mine: member.input(inCommunity({})).query(async ({ ctx }) => {
    const { communityId, community, me, now } = ctx;
    const today = localOf(now, community.timeZone).date;
    const { travelMinutes } = me;
    return { ...(await readAvailability(communityId, me.id, today)), travelMinutes };
  }),

  keepWeek: member
    .input(inCommunity(weekShape))
    .mutation(({ ctx, input: { community: _, ...input } }) => keepWeek(ctx, input)),

  addException: member
    .input(inCommunity({ id, ...exceptionShape }))
    .mutation(({ ctx, input: { community: _, ...input } }) => addException(ctx, input)),

  removeException: member
    .input(inCommunity({ id }))
    .mutation(({ ctx, input }) => removeException(ctx, input)),

  /**
   * When a member could help for so many minutes, from a day on; null when they have said nothing
   * about it. Whether they are busy then is not told.
   */
  slots: member
    .input(
      inCommunity({
        memberId: id,
        minutes,
        from: date.optional(),
        days: z.int().min(1).max(42),
      }),
    )
    .query(({ ctx, input: { memberId, ...asked } }) => {
      if (asked.from) instantOf(asked.from, "12:00", "UTC");
      return readSlots(ctx.community, memberId, ctx.me.id, asked, ctx.now);
    }),
});
