import { cache } from "react";
import { load } from "@/server/caller";

/** The listing of this address, asked once a page. */
export const listingOf = cache((community: string, id: string) =>
  load((api) => api.listing.get({ community, id }), `/${community}/listings/${id}`),
);
