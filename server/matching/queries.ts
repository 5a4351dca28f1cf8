/** Suggestions by the matching rule: members and listings with reasons, without figures. */

import type { ListingKind } from "../../domain/listing/listing";
import { circlesOf, type MatchEdge, pairsOf } from "../../domain/matching/circles";
import type { MatchListing, Whereabouts } from "../../domain/matching/fit";
import { rankGivers, rankRequesters } from "../../domain/matching/matching";
import { type MatchCandidate, readCandidates, readMatchCandidates } from "./candidates";

const MAX_SUGGESTIONS = 5;
/** Of pairs, and of circles. */
const MAX_MUTUAL = 2;

type Me = Whereabouts &
  Pick<MatchCandidate, "displayName" | "role"> & { id: string; joinedAt: Date };
type MyListing = MatchListing & { kind: ListingKind };
type Asked = {
  communityId: string;
  me: Me;
  now: Date;
  /** Whether active members see each other's balance. */
  balancesVisible: boolean;
};

/** The best givers for a request, or the members who need an offer, with their matching listing. */
export async function readSuggestions(listing: MyListing, asked: Asked) {
  const { communityId, me, now, balancesVisible } = asked;
  const kind = listing.kind === "offer" ? "request" : "offer";
  const around = { communityId, meId: me.id, now };
  const candidates = await readCandidates(around, { kind, category: listing.category });
  const mine = { ...me, memberId: me.id };
  const options = { limit: MAX_SUGGESTIONS, balancesVisible };
  const found =
    listing.kind === "request"
      ? rankGivers({ request: listing, asker: mine }, candidates, now, options)
      : rankRequesters({ offer: listing, offerer: mine }, candidates, now, options);
  const theirs = new Map(
    candidates.flatMap((member) =>
      [...member.offers, ...member.requests].map(({ id, title, minutes }) => [
        id,
        { member: personOf(member), listing: { id, title, minutes } },
      ]),
    ),
  );
  return found.flatMap(({ listingId, reasons }) => {
    const one = theirs.get(listingId);
    return one ? [{ ...one, reasons }] : [];
  });
}

/** My pairs and circles; none unless I have both an offer and a request. */
export async function readMutualMatches(listings: readonly MyListing[], asked: Asked) {
  const { communityId, me, now, balancesVisible } = asked;
  const offers = listings.filter(({ kind }) => kind === "offer");
  const requests = listings.filter(({ kind }) => kind === "request");
  if (offers.length === 0 || requests.length === 0) return { pairs: [], circles: [] };
  const neighbours = await readMatchCandidates(
    { communityId, meId: me.id, now },
    { offers: categoriesOf(offers), requests: categoriesOf(requests) },
  );
  // My own load is the same in all candidates, so it does not affect the order.
  const nothing = { balance: 0, promised: 0, givenLately: 0, receivedLately: 0 };
  const mine = { ...me, ...nothing, memberId: me.id, offers, requests };
  const options = { limit: MAX_MUTUAL, balancesVisible };

  const everybody = new Map([...neighbours, mine].map((one) => [one.memberId, one]));
  const titles = new Map(
    [...everybody.values()].flatMap((one) =>
      [...one.offers, ...one.requests].map(({ id, title }) => [id, { id, title }]),
    ),
  );
  const person = (id: string) => personOf(toSuggestion(everybody.get(id)));
  const hand = ({ giverId, receiverId, offerId, requestId, reasons }: MatchEdge) => ({
    giver: person(giverId),
    receiver: person(receiverId),
    offer: toSuggestion(titles.get(offerId)),
    request: toSuggestion(titles.get(requestId)),
    reasons,
  });
  return {
    pairs: pairsOf(mine, neighbours, now, options).map(({ otherId, iGive, theyGive }) => ({
      other: person(otherId),
      iGive: hand(iGive),
      theyGive: hand(theyGive),
    })),
    circles: circlesOf(mine, neighbours, now, options).map(({ secondId, thirdId, hands }) => ({
      second: person(secondId),
      third: person(thirdId),
      hands: hands.map(hand),
    })),
  };
}

const categoriesOf = (listings: readonly MatchListing[]): string[] => [
  ...new Set(listings.map(({ category }) => category)),
];

const personOf = (
  one: Pick<MatchCandidate, "memberId" | "displayName" | "role" | "neighbourhood">,
) => ({
  id: one.memberId,
  displayName: one.displayName,
  role: one.role,
  neighbourhood: one.neighbourhood,
});

/** Invariant: the rule returns only ids that it was given. */
function toSuggestion<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error("matching returned an unknown id");
  return thing;
}
