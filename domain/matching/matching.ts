/**
 * Fair matching: which givers to suggest for a request, and which requests for an offer.
 *
 *   score = fit × fairness
 *
 * Fit is 1 for the same category, and more for shared words, a place that suits both, a common
 * language and nearness. Fairness is lower for a member with a high load, and higher for one who is
 * new or below zero; it is bounded, so that no member is hidden. All amounts are in minutes. The
 * weights were chosen by simulation: docs/decisions/009-fair-matching.md.
 */
import { bestFit, type Fit, type MatchListing, type Similarity, type Whereabouts } from "./fit";

const DAY_MS = 86_400_000;
/** The days ahead in which agreed help counts, and the past days in which given help counts. */
export const AHEAD_DAYS = 14;
export const RECENT_DAYS = 60;
const NEW_DAYS = 60;
/** Minutes below zero at which the boost is full: the usual floor. */
const FULL_BOOST_AT_MINUTES = 600;
/** The age of a request at which its boost is full; from half of it on, the wait is given as a reason. */
const LONG_WAIT_DAYS = 30;
/** A load below this, per AHEAD_DAYS, is given as a reason. */
const LOW_LOAD_MINUTES = 15;
/** A balance at least this far below zero is given as a reason. */
const MIN_DEBT_MINUTES = 60;

/** A member with the figures that fairness needs. */
export type MatchMember = Whereabouts & {
  memberId: string;
  joinedAt: Date;
  balance: number;
  /** Agreed as giver in the next AHEAD_DAYS, or done and not settled. */
  promised: number;
  /** Given, and received, in the last RECENT_DAYS. */
  givenLately: number;
  receivedLately: number;
  /** The distance from the member for whom matches are searched, if known. */
  metres?: number | null;
};

/** A member with open listings. */
export type Candidate = MatchMember & {
  offers: readonly MatchListing[];
  requests: readonly MatchListing[];
};

export type Weights = {
  /** What each similarity adds to a fit of 1. */
  similarity: Similarity;
  /** The load in minutes per AHEAD_DAYS that halves fairness. */
  halfAt: number;
  /** What being new, deep below zero, or a long wait adds to a fairness of 1. */
  isNew: number;
  belowZero: number;
  waiting: number;
  /** The bounds of fairness. */
  least: number;
  most: number;
};

export const weights: Weights = {
  similarity: { words: 0.6, place: 0.3, language: 0.3, near: 0.4 },
  halfAt: 120,
  isNew: 0.5,
  belowZero: 0.75,
  waiting: 0.5,
  least: 0.25,
  most: 2,
};

/** Why a member is suggested; a key of the messages `match.reason`. */
export type MatchReason =
  | "sharedWords"
  | "sameKind"
  | "placeSuits"
  | "near"
  | "sameLanguage"
  | "isNew"
  | "couldUseHours"
  | "carriesLittle"
  | "waitsLong";

export type MatchOptions = {
  limit: number;
  /** If a community hides balances, no reason may reveal one. */
  balancesVisible: boolean;
  weights?: Weights;
};

export type Suggestion = {
  memberId: string;
  /** The member's listing that fits best. */
  listingId: string;
  score: number;
  reasons: MatchReason[];
};

const daysSince = (then: Date, now: Date) => (now.getTime() - then.getTime()) / DAY_MS;
const isNew = (member: MatchMember, now: Date) => daysSince(member.joinedAt, now) < NEW_DAYS;

/** A giver's load in minutes per AHEAD_DAYS. */
const loadOf = ({ promised, givenLately }: MatchMember): number =>
  promised + (givenLately * AHEAD_DAYS) / RECENT_DAYS;

const bounded = (value: number, { least, most }: Weights): number =>
  Math.min(most, Math.max(least, value));

/** The factor for a giver, from `least` to `most`; 1 is neutral. */
export function giverFairness(member: MatchMember, now: Date, by = weights): number {
  const depth = Math.min(1, Math.max(0, -member.balance / FULL_BOOST_AT_MINUTES));
  const raised = (isNew(member, now) ? 1 + by.isNew : 1) * (1 + by.belowZero * depth);
  return bounded(raised / (1 + loadOf(member) / by.halfAt), by);
}

/** The factor for a receiver: higher for one who received little, is new, or has waited long. */
export function receiverFairness(
  member: MatchMember,
  request: MatchListing,
  now: Date,
  by = weights,
): number {
  const waited = Math.min(1, Math.max(0, daysSince(request.createdAt, now) / LONG_WAIT_DAYS));
  const raised = (isNew(member, now) ? 1 + by.isNew : 1) * (1 + by.waiting * waited);
  const received = (member.receivedLately * AHEAD_DAYS) / RECENT_DAYS;
  return bounded(raised / (1 + received / by.halfAt), by);
}

/** Reasons from the listings, languages and locations. */
export const fitReasons = ({
  similarity: { words, place, language, near },
}: Fit): MatchReason[] => [
  words > 0 ? "sharedWords" : "sameKind",
  ...(near >= 0.5 ? (["near"] as const) : []),
  ...(language > 0 ? (["sameLanguage"] as const) : []),
  ...(place > 0 ? (["placeSuits"] as const) : []),
];

/** Reasons about the giver. None reveals a balance or load as a number. */
export function giverReasons(
  member: MatchMember,
  now: Date,
  { balancesVisible }: MatchOptions,
): MatchReason[] {
  const reasons: MatchReason[] = [];
  if (isNew(member, now)) reasons.push("isNew");
  else if (loadOf(member) < LOW_LOAD_MINUTES) reasons.push("carriesLittle");
  if (balancesVisible && member.balance <= -MIN_DEBT_MINUTES) reasons.push("couldUseHours");
  return reasons;
}

/**
 * Givers for a request, best first; never its own member.
 * @param asker the request's member
 */
export function rankGivers(
  { request, asker }: { request: MatchListing; asker: Whereabouts & { memberId: string } },
  candidates: readonly Candidate[],
  now: Date,
  options: MatchOptions,
): Suggestion[] {
  const by = options.weights ?? weights;
  const found = candidates.flatMap((giver) => {
    if (giver.memberId === asker.memberId) return [];
    const sides = { giver, receiver: { ...asker, requests: [request] } };
    const fit = bestFit(sides, giver.metres ?? null, by.similarity);
    if (!fit) return [];
    return {
      memberId: giver.memberId,
      listingId: fit.offer.id,
      score: fit.score * giverFairness(giver, now, by),
      reasons: [...fitReasons(fit), ...giverReasons(giver, now, options)],
    };
  });
  return best(found, request.id, options.limit);
}

/**
 * Requests that an offer suits, best first; never of its own member.
 * @param offerer the offer's member
 */
export function rankRequesters(
  { offer, offerer }: { offer: MatchListing; offerer: Whereabouts & { memberId: string } },
  candidates: readonly Candidate[],
  now: Date,
  options: MatchOptions,
): Suggestion[] {
  const by = options.weights ?? weights;
  const found = candidates.flatMap((receiver) => {
    if (receiver.memberId === offerer.memberId) return [];
    const sides = { giver: { ...offerer, offers: [offer] }, receiver };
    const fit = bestFit(sides, receiver.metres ?? null, by.similarity);
    if (!fit) return [];
    const { request } = fit;
    const reasons = fitReasons(fit);
    if (isNew(receiver, now)) reasons.push("isNew");
    if (daysSince(request.createdAt, now) * 2 >= LONG_WAIT_DAYS) reasons.push("waitsLong");
    return {
      memberId: receiver.memberId,
      listingId: request.id,
      score: fit.score * receiverFairness(receiver, request, now, by),
      reasons,
    };
  });
  return best(found, offer.id, options.limit);
}

/** The highest scores first; equal scores in an order that differs by `about`, a listing's id. */
function best(found: readonly Suggestion[], about: string, limit: number): Suggestion[] {
  return [...found]
    .sort((one, other) => other.score - one.score || compareLots(about, one, other))
    .slice(0, limit);
}

/** A pseudo-random order, so that among equals the same member does not always come first. */
export function compareLots(
  about: string,
  { memberId: one }: { memberId: string },
  { memberId: other }: { memberId: string },
): number {
  return drawLot(about, one) - drawLot(about, other) || (one < other ? -1 : 1);
}

/** A deterministic pseudo-random number: FNV-1a with one more mixing step. */
function drawLot(about: string, memberId: string): number {
  let hash = 0x811c9dc5;
  for (const letter of `${about} ${memberId}`) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
