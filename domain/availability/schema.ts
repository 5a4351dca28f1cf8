import { z } from "zod";
import { date } from "../kernel/input";
import { DAY_MINUTES, MAX_WINDOWS_PER_DAY } from "./availability";

export const minuteOfDay = z.int().min(0).max(DAY_MINUTES);

/** The end of a window, which may be on the next day. */
export const endMinute = z
  .int()
  .min(0)
  .max(2 * DAY_MINUTES);

/** A member's usual week, and the minutes that they leave free for travel. */
export const weekShape = {
  week: z
    .array(
      z.strictObject({
        weekday: z.int().min(1).max(7),
        starts: minuteOfDay,
        ends: endMinute,
      }),
    )
    .max(7 * MAX_WINDOWS_PER_DAY),
  travelMinutes: z.int().min(0).max(240),
};

/** Both times are given, or both are null. */
export const overrideShape = {
  firstDay: date,
  lastDay: date,
  starts: minuteOfDay.nullable(),
  ends: endMinute.nullable(),
};
