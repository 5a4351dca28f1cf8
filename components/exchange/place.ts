import type { MeetingPlace } from "@/domain/listing/listing";
import type { Side } from "./exchange";

/** The meeting places from the point of view of the member who fills in the form. */
export const placeChoices = ["mine", "theirs", "elsewhere", "online"] as const;
export type PlaceChoice = (typeof placeChoices)[number];

const otherSide = (side: Side): Side => (side === "giver" ? "receiver" : "giver");

/** "My place" is the giver's or the receiver's, depending on my side. */
export function meetingPlaceOf(choice: PlaceChoice, mySide: Side): MeetingPlace {
  if (choice === "mine") return mySide;
  return choice === "theirs" ? otherSide(mySide) : choice;
}

export function placeChoiceOf(place: MeetingPlace, mySide: Side): PlaceChoice {
  if (place === "elsewhere" || place === "online") return place;
  return place === mySide ? "mine" : "theirs";
}
