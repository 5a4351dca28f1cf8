import { z } from "zod";
import { date, line, minutes, time } from "../kernel/input";
import { meetingPlaces } from "../listing/listing";
import { MAX_MONTHS_APART, MAX_REPEATS, MAX_WEEKS_APART, monthlyKinds } from "./repeat";

const times = z.int().min(2).max(MAX_REPEATS);

/** Every one or more weeks or months, two to twelve times. */
export const repeatShape = z.union([
  z.strictObject({ weeks: z.int().min(1).max(MAX_WEEKS_APART), times }),
  z.strictObject({
    months: z.int().min(1).max(MAX_MONTHS_APART),
    on: z.enum(monthlyKinds),
    times,
  }),
]);

/** The terms that a counter-proposal may change. */
export const termsShape = {
  date,
  time,
  minutes,
  place: z.enum(meetingPlaces),
  placeNote: line(0, 200),
};
