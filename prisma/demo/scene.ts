/** An exchange of the demo as data, from its proposal to its present state. */
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
  /** Runs the exchange's job when it is due. */
  | { do: "wait" }
);

export type Scene = {
  /** Who proposes or records, and on which side they are. */
  from: string;
  mySide: "giver" | "receiver";
  other: string;
  /** The title of its listing. */
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
  /** Recorded afterwards instead of proposed. */
  isRecord: boolean;
  then: Step[];
};
