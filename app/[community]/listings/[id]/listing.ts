import { cache } from "react";
import { callOrRedirect } from "@/server/api/caller";

/** The listing of this address, asked once a page. */
export const listingOf = cache((community: string, id: string) =>
  callOrRedirect((api) => api.listing.get({ community, id }), `/${community}/listings/${id}`),
);

/** Who could help with my own request, or who looks for my own offer. */
export const suggestionsFor = (community: string, id: string) =>
  callOrRedirect((api) => api.match.forListing({ community, id }), `/${community}/listings/${id}`);
