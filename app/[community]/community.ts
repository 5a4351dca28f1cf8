import { cache } from "react";
import { callOrRedirect } from "@/server/api/caller";

/** The community of this address, its rules, and me in it; asked once a page. */
export const getCommunity = cache((community: string) =>
  callOrRedirect((api) => api.community.here({ community }), `/${community}`),
);
