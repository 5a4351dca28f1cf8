import * as z from "zod/mini";
import { date, type InputOf, id, line, lines, minutes, someLines, time } from "../kernel/input";
import { categories, meetingPlaces } from "../listing/listing";
import { MAX_MONTHS_APART, MAX_REPEATS, MAX_WEEKS_APART, monthlyKinds } from "./repeat";
import { notHappenedReasons } from "./transitions";

const times = z.int().check(z.minimum(2), z.maximum(MAX_REPEATS));

/** Every one or more weeks or months, two to twelve times. */
export const repeatShape = z.union([
  z.strictObject({ weeks: z.int().check(z.minimum(1), z.maximum(MAX_WEEKS_APART)), times }),
  z.strictObject({
    months: z.int().check(z.minimum(1), z.maximum(MAX_MONTHS_APART)),
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
const confirmedDuplicate = z.optional(z.boolean());

export const proposeShape = {
  id,
  /** The listing that the proposal answers, or the person and side when from scratch. */
  listingId: z.optional(id),
  otherId: z.optional(id),
  /** Which side the proposer is; a listing decides it. */
  mySide: z.optional(side),
  ...whatShape,
  ...termsShape,
  note: lines(2000),
  /** As many exchanges, at the same local time. */
  repeat: z.optional(repeatShape),
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

export const reportShape = { minutes };

/** An answer with a reason, which may be empty. */
export const reasonShape = { reason: line(0, 500) };

/** A coordinator's decision needs a reason. */
export const decisionShape = { reason: line(1, 500) };

/** The hours that a coordinator decides in a dispute. */
export const resolutionShape = { ...reportShape, ...decisionShape };

export const rescheduleShape = { date, time, ...reasonShape };

/** By how many minutes a side is late. */
export const delayShape = { minutes: z.int().check(z.minimum(5), z.maximum(240)) };

export const notHappenedShape = { cause: z.enum(notHappenedReasons), ...reasonShape };

export const noteShape = { text: someLines(2000) };

/** A page of my exchanges: those under way, or the past ones. */
export const exchangeListShape = {
  part: z._default(z.enum(["open", "past"]), "open"),
  after: z.optional(id),
};

/**
 * The query of the form for a proposal. An invalid id is refused and does not fall back, since the
 * proposal would be another one.
 */
export const proposePageShape = {
  listing: z.optional(z.string()),
  to: z.optional(z.string()),
  mySide: z._default(side, "receiver"),
  /** A local date and time, such as `2026-12-01T15:30`. */
  at: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/))),
};

/** The query of the form that records help. */
export const recordPageShape = {
  to: z.optional(id),
  mySide: z.optional(side),
  words: z._default(line(0, 60), ""),
};
