import type { MeetingPlace } from "@/domain/listing/listing";
import type { Side } from "./exchange";

/** Where help happens, as the person who fills in the form sees it. */
export const placeChoices = ["mine", "theirs", "elsewhere", "online"] as const;
export type PlaceChoice = (typeof placeChoices)[number];

const otherSide = (side: Side): Side => (side === "giver" ? "receiver" : "giver");

/** "My home" is the giver's or the receiver's, depending on which of them I am. */
export function meetingPlaceOf(choice: PlaceChoice, mySide: Side): MeetingPlace {
  if (choice === "mine") return mySide;
  return choice === "theirs" ? otherSide(mySide) : choice;
}

export function placeChoiceOf(place: MeetingPlace, mySide: Side): PlaceChoice {
  if (place === "elsewhere" || place === "online") return place;
  return place === mySide ? "mine" : "theirs";
}
