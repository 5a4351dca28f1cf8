import { cache } from "react";
import { load } from "@/server/caller";

/** The community of this address, its rules, and me in it; asked once a page. */
export const here = cache((community: string) =>
  load((api) => api.community.here({ community }), `/${community}`),
);
