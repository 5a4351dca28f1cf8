import { getTranslations } from "@/app/translations";
import type { Placed } from "@/components/place/map/places-map";
import type { Outputs } from "@/components/trpc";
import { nameText } from "@/domain/member/member";
import { callOrRedirect } from "@/server/api/caller";

/** The listings of a page whose members have set a location, for the map. */
export async function placesOf({
  community,
  from,
  listings,
}: {
  community: string;
  /** Where to come back to after signing in. */
  from: string;
  listings: Outputs["listing"]["browse"]["listings"];
}): Promise<Placed[]> {
  const ids = listings.map(({ id }) => id);
  const found = await callOrRedirect((api) => api.listing.places({ community, ids }), from);
  const names = await getTranslations("memberName");
  const points = new Map(found.map(({ id, point }) => [id, point]));
  return listings.flatMap(({ id, title, language, member }) => {
    const point = points.get(id);
    const href = `/${community}/listings/${id}`;
    return point ? [{ id, href, title, language, name: nameText(names, member), point }] : [];
  });
}
