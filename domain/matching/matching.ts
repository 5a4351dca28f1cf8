/**
 * Fair matching: whom to suggest for a request, and whose request for an offer.
 *
 *   score = fit × fairness
 *
 * Fit is 1 for the same kind of help, and more for shared words, a place that suits both, a common
 * language and nearness. Fairness is lower for a person who already carries much, and higher for
 * one who is new or below zero; it stays within bounds, so that nobody is hidden. Minutes
 * throughout. The weights were chosen by simulation: docs/decisions/009-fair-matching.md.
 */
import { bestFit, type Fit, type Likeness, type MatchListing, type Whereabouts } from "./fit";

const DAY = 86_400_000;
/** How many days agreed help counts ahead, and given help back. */
export const AHEAD_DAYS = 14;
export const RECENT_DAYS = 60;
const NEW_DAYS = 60;
/** So far below zero, a balance raises as much as it can: the usual floor. */
const FULL_BOOST_AT_MINUTES = 600;
/** A request that is older is raised no further, and one that is half as old may say so. */
const LONG_WAIT_DAYS = 30;
/** Below this load in minutes a fortnight somebody carries little. */
const LOW_LOAD_MINUTES = 15;
/** An hour below zero; less is not worth a word. */
const AN_HOUR = 60;

/** A member with what fairness asks about. */
export type MatchMember = Whereabouts & {
  memberId: string;
  joinedAt: Date;
  balance: number;
  /** Agreed as giver for the coming days (AHEAD_DAYS), or done and not settled. */
  promised: number;
  /** Given, and received, in the last days (LATELY_DAYS). */
  givenLately: number;
  receivedLately: number;
  /** From the person who asks, where that is known. */
  metres?: number | null;
};

/** A member with their open listings. */
export type Candidate = MatchMember & {
  offers: readonly MatchListing[];
  requests: readonly MatchListing[];
};

export type Weights = {
  /** What each similarity adds to a fit of 1. */
  similarity: Likeness;
  /** The load in minutes a fortnight at which somebody is suggested half as readily. */
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

/** Why somebody is suggested; the page puts it into words. */
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
  /** Where a community hides balances, no reason may speak of one. */
  balancesVisible: boolean;
  weights?: Weights;
};

export type Suggestion = {
  memberId: string;
  /** Their listing that fits best. */
  listingId: string;
  score: number;
  reasons: MatchReason[];
};

const daysSince = (then: Date, now: Date) => (now.getTime() - then.getTime()) / DAY;
const isNew = (member: MatchMember, now: Date) => daysSince(member.joinedAt, now) < NEW_DAYS;

/** What somebody carries as a giver, in minutes a fortnight. */
const loadOf = ({ promised, givenLately }: MatchMember): number =>
  promised + (givenLately * AHEAD_DAYS) / RECENT_DAYS;

const within = (value: number, { least, most }: Weights): number =>
  Math.min(most, Math.max(least, value));

/** How readily somebody is suggested as a giver, from `least` to `most`; 1 is neither. */
export function giverFairness(member: MatchMember, now: Date, by = weights): number {
  const depth = Math.min(1, Math.max(0, -member.balance / FULL_BOOST_AT_MINUTES));
  const raised = (isNew(member, now) ? 1 + by.isNew : 1) * (1 + by.belowZero * depth);
  return within(raised / (1 + loadOf(member) / by.halfAt), by);
}

/** How readily somebody's request is suggested: received little, new, or waiting for long. */
export function receiverFairness(
  member: MatchMember,
  request: MatchListing,
  now: Date,
  by = weights,
): number {
  const waited = Math.min(1, Math.max(0, daysSince(request.createdAt, now) / LONG_WAIT_DAYS));
  const raised = (isNew(member, now) ? 1 + by.isNew : 1) * (1 + by.waiting * waited);
  const received = (member.receivedLately * AHEAD_DAYS) / RECENT_DAYS;
  return within(raised / (1 + received / by.halfAt), by);
}

/** What the listings and the whereabouts say. */
export const fitReasons = ({
  similarity: { words, place, language, near },
}: Fit): MatchReason[] => [
  words > 0 ? "sharedWords" : "sameKind",
  ...(near >= 0.5 ? (["near"] as const) : []),
  ...(language > 0 ? (["sameLanguage"] as const) : []),
  ...(place > 0 ? (["placeSuits"] as const) : []),
];

/** What speaks for this giver: nothing that tells how much somebody has or carries. */
export function giverReasons(
  member: MatchMember,
  now: Date,
  { balancesVisible }: MatchOptions,
): MatchReason[] {
  const reasons: MatchReason[] = [];
  if (isNew(member, now)) reasons.push("isNew");
  else if (loadOf(member) < LOW_LOAD_MINUTES) reasons.push("carriesLittle");
  if (balancesVisible && member.balance <= -AN_HOUR) reasons.push("couldUseHours");
  return reasons;
}

/**
 * The best givers for a request, best first; never its own member.
 * @param asker whose request it is
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
 * Who wants an offer, best first; never its own member.
 * @param offerer whose offer it is
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

/** The highest scores first; equals in an order of their own for each thing that is asked about. */
function best(found: readonly Suggestion[], about: string, limit: number): Suggestion[] {
  return [...found]
    .sort((one, other) => other.score - one.score || compareLots(about, one, other))
    .slice(0, limit);
}

/** So that of equals not always the same person comes first. */
export function compareLots(
  about: string,
  { memberId: one }: { memberId: string },
  { memberId: other }: { memberId: string },
): number {
  return drawLot(about, one) - drawLot(about, other) || (one < other ? -1 : 1);
}

/** A number that looks drawn by lot and is the same each time: FNV-1a, its bits mixed once more. */
function drawLot(about: string, memberId: string): number {
  let hash = 0x811c9dc5;
  for (const letter of `${about} ${memberId}`) {
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
