import type { Outputs } from "@/components/trpc";
import { type Category, categories, type Place, places } from "@/domain/listing/listing";

/** A listing as cards and lists show it. */
export type Listing = Outputs["listing"]["browse"]["listings"][number];

export type ListingState = Listing["state"];

/** The message of a stored category; a key that a later version dropped is "something else". */
export const categoryOf = (stored: string): Category =>
  categories.find((category) => category === stored) ?? "other";

/** The stored places in the order in which they are always named. */
export const placesOf = (stored: readonly string[]): Place[] =>
  places.filter((place) => stored.includes(place));
