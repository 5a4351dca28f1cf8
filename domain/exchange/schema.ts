import { z } from "zod";
import { date, type InputOf, id, line, lines, minutes, time } from "../kernel/input";
import { categories, meetingPlaces } from "../listing/listing";
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

export type Terms = InputOf<typeof termsShape>;

const side = z.enum(["giver", "receiver"]);
/** What the help is; it does not change afterwards. */
const whatShape = { title: line(2, 120), category: z.enum(categories) };
/** The member was asked, and says that it is another one. */
const confirmedDuplicate = z.boolean().optional();

export const proposeShape = {
  id,
  /** The listing that the proposal answers, or the person and side when from scratch. */
  listingId: id.optional(),
  otherId: id.optional(),
  /** Which side the proposer is; a listing decides it. */
  mySide: side.optional(),
  ...whatShape,
  ...termsShape,
  note: lines(2000),
  /** As many exchanges, at the same local time. */
  repeat: repeatShape.optional(),
  confirmedDuplicate,
};

export type ProposeInput = InputOf<typeof proposeShape>;

/** Help that already happened. */
export const recordShape = {
  id,
  otherId: id,
  mySide: side,
  ...whatShape,
  date,
  minutes,
  note: lines(2000),
  confirmedDuplicate,
};

export type RecordInput = InputOf<typeof recordShape>;
