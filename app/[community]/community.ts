import { cache } from "react";
import { callOrRedirect } from "@/server/api/caller";

/** The community of this URL, its rules and the caller's membership; queried once a page. */
export const getCommunity = cache((community: string) =>
  callOrRedirect((api) => api.community.here({ community }), `/${community}`),
);
