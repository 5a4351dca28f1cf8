/** How well an offer matches a request: by words, place, language and distance. */

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

/** What adds to the score of a match besides its category, each from 0 to 1. */
export type Similarity = { words: number; place: number; language: number; near: number };

/** An offer and a request that match. */
export type Fit = {
  offer: MatchListing;
  request: MatchListing;
  similarity: Similarity;
  /** At least 1. */
  score: number;
};

/** The distance at which nearness is 0.5. */
const HALF_NEAR_METRES = 800;

/** Words without meaning for a match: they occur in titles of every category. */
const STOP_WORDS = new Set([
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

/** The words of a title, folded, without stop words. Stemming would need to know the language. */
export function titleWordsOf(title: string): Set<string> {
  const words = foldedWords(title).flatMap((word) =>
    isUnspaced(word) ? letterPairs(word) : word.length > 2 && !STOP_WORDS.has(word) ? word : [],
  );
  return new Set(words);
}

/** The search for circles compares the same title hundreds of times. */
const cachedWords = new WeakMap<MatchListing, Set<string>>();

function titleWords(listing: MatchListing): Set<string> {
  const words = cachedWords.get(listing) ?? titleWordsOf(listing.title);
  cachedWords.set(listing, words);
  return words;
}

/** Whether the places of an offer and of a request have one in common. */
export const placesMeet = (offered: readonly Place[], asked: readonly Place[]): boolean =>
  (offered.includes("mine") && asked.includes("yours")) ||
  (offered.includes("yours") && asked.includes("mine")) ||
  (offered.includes("elsewhere") && asked.includes("elsewhere")) ||
  (offered.includes("online") && asked.includes("online"));

/** The share of the shorter title's words that the other one has. */
function sharedWords(one: Set<string>, other: Set<string>): number {
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared / Math.max(1, Math.min(one.size, other.size));
}

const folded = (text: string): string => foldedWords(text).join(" ");

function shareLanguage(one: readonly string[], other: readonly string[]): boolean {
  const spoken = new Set(one.map(folded));
  return other.some((language) => spoken.has(folded(language)));
}

/** From 0 to 1: by distance if it is known, else by the name of the neighbourhood. */
function nearness(one: Whereabouts, other: Whereabouts, metres: number | null): number {
  if (metres !== null) return 1 / (1 + Math.max(0, metres) / HALF_NEAR_METRES);
  const here = folded(one.neighbourhood);
  return here !== "" && here === folded(other.neighbourhood) ? 1 : 0;
}

/**
 * The best matching offer and request of two members.
 * @param metres between the two, or null if unknown
 * @returns null without an offer and a request of the same category; in "other" they must share words
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
  weights: Similarity,
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

const scoreOf = (similarity: Similarity, weights: Similarity): number =>
  1 +
  similarity.words * weights.words +
  similarity.place * weights.place +
  similarity.language * weights.language +
  similarity.near * weights.near;

/** Of equal scores the lower ids, that is the older listings, so that input order does not matter. */
function isBefore(one: Fit, other: Fit): boolean {
  if (one.score !== other.score) return one.score > other.score;
  const ids = ({ offer, request }: Fit) => `${offer.id} ${request.id}`;
  return ids(one) < ids(other);
}
