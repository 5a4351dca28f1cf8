/** An exchange of the demo from its first word to its present state, as data. */
import type { Category, MeetingPlace } from "../../domain/listing/listing";

export type Step = { by: string; at: Date } & (
  | { do: "agree" | "confirm" | "dispute" | "resolveWithoutHours" }
  | { do: "decline" | "withdraw" | "cancel" | "reverse"; reason?: string }
  | {
      do: "counter";
      date: string;
      time: string;
      minutes: number;
      place: MeetingPlace;
      placeNote: string;
    }
  | { do: "report"; minutes: number }
  | { do: "resolveWithHours"; minutes: number; reason: string }
  | { do: "note"; text: string }
  /** The hour at which the job would have run. */
  | { do: "wait" }
);

export type Scene = {
  /** Who begins, and on which side they are. */
  from: string;
  mySide: "giver" | "receiver";
  other: string;
  /** The title of the listing that it answers. */
  listing?: string;
  title: string;
  category: Category;
  at: Date;
  date: string;
  time: string;
  minutes: number;
  place: MeetingPlace;
  placeNote: string;
  note: string;
  /** Written down afterwards instead of booked. */
  isRecord: boolean;
  then: Step[];
};
