/** How well an offer answers a request: what is said, where, in which language, how near. */

import { foldedWords, isUnspaced, letterPairs } from "../kernel/words";
import type { Place } from "../listing/listing";

/** An open listing as matching sees it. */
export type MatchListing = {
  id: string;
  category: string;
  title: string;
  places: readonly Place[];
  createdAt: Date;
};

export type Whereabouts = { languages: readonly string[]; neighbourhood: string };

/** What speaks for a match beside its category, each from 0 to 1. */
export type Likeness = { words: number; place: number; language: number; near: number };

/** An offer and a request that go together. */
export type Fit = {
  offer: MatchListing;
  request: MatchListing;
  similarity: Likeness;
  /** At least 1. */
  score: number;
};

/** At this distance in metres somebody counts as half as near as next door. */
const HALF_NEAR = 800;

/** Words that stand in titles of every kind and tell nothing. */
const EMPTY_WORDS = new Set([
  "about",
  "and",
  "any",
  "can",
  "could",
  "for",
  "from",
  "have",
  "help",
  "helping",
  "like",
  "need",
  "needed",
  "needs",
  "offer",
  "our",
  "please",
  "some",
  "somebody",
  "someone",
  "that",
  "the",
  "this",
  "want",
  "with",
  "would",
  "you",
  "your",
  "alguien",
  "ayuda",
  "ayudar",
  "busco",
  "con",
  "del",
  "las",
  "los",
  "necesito",
  "ofrezco",
  "para",
  "por",
  "que",
  "una",
  "uno",
]);

/** The telling words of a title, folded; not stemmed, which would need to know the language. */
export function titleWordsOf(title: string): Set<string> {
  const words = foldedWords(title).flatMap((word) =>
    isUnspaced(word) ? letterPairs(word) : word.length > 2 && !EMPTY_WORDS.has(word) ? word : [],
  );
  return new Set(words);
}

/** Looking for circles meets the same title hundreds of times. */
const known = new WeakMap<MatchListing, Set<string>>();

function titleWords(listing: MatchListing): Set<string> {
  const words = known.get(listing) ?? titleWordsOf(listing.title);
  known.set(listing, words);
  return words;
}

/** Whether help can happen where both said: at the giver's, the receiver's, elsewhere, online. */
export const placesMeet = (offered: readonly Place[], asked: readonly Place[]): boolean =>
  (offered.includes("mine") && asked.includes("yours")) ||
  (offered.includes("yours") && asked.includes("mine")) ||
  (offered.includes("elsewhere") && asked.includes("elsewhere")) ||
  (offered.includes("online") && asked.includes("online"));

/** How much of the shorter title stands in the other. */
function sharedWords(one: Set<string>, other: Set<string>): number {
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared / Math.max(1, Math.min(one.size, other.size));
}

const folded = (text: string): string => foldedWords(text).join(" ");

function shareLanguage(one: readonly string[], other: readonly string[]): boolean {
  const spoken = new Set(one.map(folded));
  return other.some((language) => spoken.has(folded(language)));
}

/** By metres where they are known, else by the name of the neighbourhood. */
function nearness(one: Whereabouts, other: Whereabouts, metres: number | null): number {
  if (metres !== null) return 1 / (1 + Math.max(0, metres) / HALF_NEAR);
  const here = folded(one.neighbourhood);
  return here !== "" && here === folded(other.neighbourhood) ? 1 : 0;
}

/**
 * The offer and the request of two people that go together best.
 * @param metres between the two, or null where that is not known
 * @returns null when nothing is of the same kind; "other" is a kind only where words are shared
 */
export function bestFit(
  {
    giver,
    receiver,
  }: {
    giver: Whereabouts & { offers: readonly MatchListing[] };
    receiver: Whereabouts & { requests: readonly MatchListing[] };
  },
  metres: number | null,
  weights: Likeness,
): Fit | null {
  const sameKind = giver.offers.flatMap((offer) =>
    receiver.requests
      .filter(({ category }) => category === offer.category)
      .map((request) => ({ offer, request })),
  );
  if (sameKind.length === 0) return null;
  const language = shareLanguage(giver.languages, receiver.languages) ? 1 : 0;
  const near = nearness(giver, receiver, metres);
  let best: Fit | null = null;
  for (const { offer, request } of sameKind) {
    const words = sharedWords(titleWords(offer), titleWords(request));
    if (offer.category === "other" && words === 0) continue;
    const place = placesMeet(offer.places, request.places) ? 1 : 0;
    const similarity = { words, place, language, near };
    const fit = { offer, request, similarity, score: scoreOf(similarity, weights) };
    if (!best || isBefore(fit, best)) best = fit;
  }
  return best;
}

const scoreOf = (similarity: Likeness, weights: Likeness): number =>
  1 +
  similarity.words * weights.words +
  similarity.place * weights.place +
  similarity.language * weights.language +
  similarity.near * weights.near;

/** Of equals the older listings, so that the order in which they are read does not matter. */
function isBefore(one: Fit, other: Fit): boolean {
  if (one.score !== other.score) return one.score > other.score;
  const ids = ({ offer, request }: Fit) => `${offer.id} ${request.id}`;
  return ids(one) < ids(other);
}
