import { useTranslations } from "@/components/translations";
import { placesOf } from "./listing-words";

/** Where help can happen: in the words of its member for themselves, else seen by the visitor. */
export function ListingPlaces({ places, isMine }: { places: readonly string[]; isMine: boolean }) {
  const mine = useTranslations("place");
  const theirs = useTranslations("listing.place");
  const say = isMine ? mine : theirs;
  return placesOf(places)
    .map((place) => say(place))
    .join(" · ");
}
