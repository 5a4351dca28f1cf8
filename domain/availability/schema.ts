import * as z from "zod/mini";
import { date } from "../kernel/input";
import { DAY_MINUTES, MAX_WINDOWS_PER_DAY } from "./availability";

export const minuteOfDay = z.int().check(z.minimum(0), z.maximum(DAY_MINUTES));

/** The end of a window, which may be on the next day. */
export const endMinute = z.int().check(z.minimum(0), z.maximum(2 * DAY_MINUTES));

/** A member's usual week, and the minutes that they leave free for travel. */
export const weekShape = {
  week: z
    .array(
      z.strictObject({
        weekday: z.int().check(z.minimum(1), z.maximum(7)),
        starts: minuteOfDay,
        ends: endMinute,
      }),
    )
    .check(z.maxLength(7 * MAX_WINDOWS_PER_DAY)),
  travelMinutes: z.int().check(z.minimum(0), z.maximum(240)),
};

/** Both times are given, or both are null. */
export const overrideShape = {
  firstDay: date,
  lastDay: date,
  starts: z.nullable(minuteOfDay),
  ends: z.nullable(endMinute),
};
