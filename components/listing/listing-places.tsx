import { useTranslations } from "@/components/translations";
import { placesOf } from "./listing-words";

/** Where help can happen, from the reader's point of view: the listing's member or a visitor. */
export function ListingPlaces({ places, isMine }: { places: readonly string[]; isMine: boolean }) {
  const mine = useTranslations("place");
  const theirs = useTranslations("listing.place");
  const say = isMine ? mine : theirs;
  return placesOf(places)
    .map((place) => say(place))
    .join(" · ");
}
