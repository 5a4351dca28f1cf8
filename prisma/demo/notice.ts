/** A listing of the demo, in the form in which offers.ts and requests.ts write it. */
import type { Category, ListingKind, Place } from "../../domain/listing/listing";
import type { Trait } from "./people";

export type Notice = {
  kind: ListingKind;
  owner: string;
  category: Category;
  minutes: number;
  places: Place[];
  availability: string;
  title: string;
  description: string;
  /** The titles of its exchanges. */
  did: string[];
  /** The name by which present.ts refers to it. */
  key?: string;
  /** The trait that the other side needs. */
  partner?: Trait;
  /** Days ago; random when absent. */
  born?: number;
  /** Its present status, unless open. */
  state?: "paused" | "closed" | "lapsed";
};

type More = Pick<Notice, "key" | "partner" | "born" | "state">;

export const notice =
  (kind: ListingKind) =>
  (
    owner: string,
    category: Category,
    minutes: number,
    where: string,
    availability: string,
    title: string,
    description: string,
    did: string[],
    more: More = {},
  ): Notice => ({
    kind,
    owner,
    category,
    minutes,
    // One string keeps the tables readable; createListing checks the values.
    places: where.split(" ") as Place[],
    availability,
    title,
    description,
    did,
    ...more,
  });
