/** A listing of the demo, as it is written in offers.ts and requests.ts. */
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
  /** What the exchanges that come of it are called. */
  did: string[];
  /** By which present.ts names it. */
  key?: string;
  /** What the other side has. */
  partner?: Trait;
  /** Days ago; by chance when absent. */
  born?: number;
  /** What it is by now when no longer open. */
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
    // Written as words in a row to keep the tables readable; createListing's own check is a type.
    places: where.split(" ") as Place[],
    availability,
    title,
    description,
    did,
    ...more,
  });
