import { redirect } from "next/navigation";
import type { Side } from "@/components/exchange/exchange";
import type { PlaceChoice } from "@/components/exchange/place";
import { type Place, places } from "@/domain/listing/listing";
import { callOrRedirect } from "@/server/api/caller";

type Asked = { listing?: string | undefined; to?: string | undefined; mySide: Side };

/** Converts a listing's places to the visitor's point of view. */
const seenFromHere: Record<Place, PlaceChoice> = {
  mine: "theirs",
  yours: "mine",
  elsewhere: "elsewhere",
  online: "online",
};

/** The other member and the initial terms of a proposal, from a listing or from a member's page. */
export async function proposalOf(community: string, { listing: listingId, to, mySide }: Asked) {
  if (listingId) {
    const path = `/${community}/listings/${listingId}`;
    const listing = await callOrRedirect(
      (api) => api.listing.get({ community, id: listingId }),
      `/${community}/propose?listing=${listingId}`,
    );
    if (listing.isMine) redirect(path);
    const side: Side = listing.kind === "offer" ? "receiver" : "giver";
    const place = places.find((each) => each === listing.places[0]) ?? "elsewhere";
    return {
      listing,
      other: listing.member,
      mySide: side,
      minutes: listing.minutes,
      place: seenFromHere[place],
      isOpen: listing.state === "open",
      back: path,
    };
  }
  if (!to) redirect(`/${community}/members`);
  const person = await callOrRedirect(
    (api) => api.member.get({ community, id: to }),
    `/${community}/propose?to=${to}`,
  );
  if (person.isMe) redirect(`/${community}/members`);
  const place: PlaceChoice = mySide === "receiver" ? "mine" : "theirs";
  const back = `/${community}/members/${to}`;
  return {
    listing: undefined,
    other: person,
    mySide,
    minutes: 60,
    place,
    isOpen: true,
    back,
  };
}
