import { redirect } from "next/navigation";
import type { Side } from "@/components/exchange/exchange";
import type { PlaceChoice } from "@/components/exchange/place";
import { load } from "@/server/caller";
import { type Place, places } from "@/server/domain/listing";

type Asked = { listing?: string | undefined; to?: string | undefined; iAm?: string | undefined };

/** A listing's places are said by its member, who is the other person here. */
const seenFromHere: Record<Place, PlaceChoice> = {
  mine: "theirs",
  yours: "mine",
  elsewhere: "elsewhere",
  online: "online",
};

/** Whom a proposal is for and with what it begins: from a listing, or from a person. */
export async function proposalOf(community: string, { listing: listingId, to, iAm }: Asked) {
  if (listingId) {
    const path = `/${community}/listings/${listingId}`;
    const listing = await load(
      (api) => api.listing.get({ community, id: listingId }),
      `/${community}/propose?listing=${listingId}`,
    );
    if (listing.isMine) redirect(path);
    const side: Side = listing.kind === "offer" ? "receiver" : "giver";
    const place = places.find((each) => each === listing.places[0]) ?? "elsewhere";
    return {
      listing,
      other: listing.member,
      iAm: side,
      minutes: listing.minutes,
      place: seenFromHere[place],
      isOpen: listing.state === "open",
      back: path,
    };
  }
  if (!to) redirect(`/${community}/members`);
  const person = await load(
    (api) => api.member.get({ community, id: to }),
    `/${community}/propose?to=${to}`,
  );
  if (person.isMe) redirect(`/${community}/members`);
  const side: Side = iAm === "giver" ? "giver" : "receiver";
  const place: PlaceChoice = side === "receiver" ? "mine" : "theirs";
  const back = `/${community}/members/${to}`;
  return { listing: undefined, other: person, iAm: side, minutes: 60, place, isOpen: true, back };
}
