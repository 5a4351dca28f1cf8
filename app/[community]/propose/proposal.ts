import { redirect } from "next/navigation";
import type { Side } from "@/components/exchange/exchange";
import type { PlaceChoice } from "@/components/exchange/place";
import { type Place, places } from "@/domain/listing/listing";
import { callOrRedirect } from "@/server/api/caller";

type Asked = { listing?: string | undefined; to?: string | undefined; mySide?: string | undefined };

/** A listing's places are said by its member, who is the other person here. */
const seenFromHere: Record<Place, PlaceChoice> = {
  mine: "theirs",
  yours: "mine",
  elsewhere: "elsewhere",
  online: "online",
};

/** Whom a proposal is for and with what it begins: from a listing, or from a person. */
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
  const side: Side = mySide === "giver" ? "giver" : "receiver";
  const place: PlaceChoice = side === "receiver" ? "mine" : "theirs";
  const back = `/${community}/members/${to}`;
  return {
    listing: undefined,
    other: person,
    mySide: side,
    minutes: 60,
    place,
    isOpen: true,
    back,
  };
}
