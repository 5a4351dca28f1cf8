/** Two who can help each other, and three who can help in a circle. */
import { bestFit } from "./fit";
import {
  type Candidate,
  compareLots,
  fitReasons,
  giverFairness,
  giverReasons,
  type MatchOptions,
  type MatchReason,
  weights,
} from "./matching";

/** One piece of help that is possible between two people. */
export type Hand = {
  giverId: string;
  receiverId: string;
  offerId: string;
  requestId: string;
  score: number;
  reasons: MatchReason[];
};

export type Pair = { otherId: string; iGive: Hand; theyGive: Hand };
/** I help the second, who helps the third, who helps me. */
export type Circle = { secondId: string; thirdId: string; hands: [Hand, Hand, Hand] };

type Asking = { me: Candidate; now: Date; options: MatchOptions };

/** What a giver can do for a receiver, or null. */
function handOf(giver: Candidate, receiver: Candidate, { me, now, options }: Asking): Hand | null {
  const by = options.weights ?? weights;
  // Metres are known from me only.
  const other = giver === me ? receiver : receiver === me ? giver : null;
  const fit = bestFit({ giver, receiver }, other?.metres ?? null, by.similarity);
  if (!fit) return null;
  return {
    giverId: giver.memberId,
    receiverId: receiver.memberId,
    offerId: fit.offer.id,
    requestId: fit.request.id,
    score: fit.score * giverFairness(giver, now, by),
    // Nobody needs to be told about themselves.
    reasons: [...fitReasons(fit), ...(giver === me ? [] : giverReasons(giver, now, options))],
  };
}

/** Geometric, so that a weak hand is not hidden behind two strong ones. */
const mean = (...hands: Hand[]): number =>
  hands.reduce((product, { score }) => product * score, 1) ** (1 / hands.length);

/** What is found with me: everybody whom I can help, and everybody who can help me. */
function around(candidates: readonly Candidate[], asking: Asking) {
  const { me } = asking;
  return candidates.flatMap((person) => {
    if (person.memberId === me.memberId) return [];
    const iGive = handOf(me, person, asking);
    const theyGive = handOf(person, me, asking);
    return iGive || theyGive ? [{ person, iGive, theyGive }] : [];
  });
}

/** "You two could help each other": I offer what they ask for, and they offer what I ask for. */
export function pairsOf(
  me: Candidate,
  candidates: readonly Candidate[],
  now: Date,
  options: MatchOptions,
): Pair[] {
  return around(candidates, { me, now, options })
    .flatMap(({ person, iGive, theyGive }) =>
      iGive && theyGive ? [{ memberId: person.memberId, iGive, theyGive }] : [],
    )
    .sort(
      (one, other) =>
        mean(other.iGive, other.theyGive) - mean(one.iGive, one.theyGive) ||
        compareLots(me.memberId, one, other),
    )
    .slice(0, options.limit)
    .map(({ memberId, iGive, theyGive }) => ({ otherId: memberId, iGive, theyGive }));
}

/**
 * Circles of three through me, best first. Two of whom each can help the other need no third, so
 * no circle holds such a pair; and each neighbour stands in one circle only.
 */
export function circlesOf(
  me: Candidate,
  candidates: readonly Candidate[],
  now: Date,
  options: MatchOptions,
): Circle[] {
  const asking = { me, now, options };
  const found = around(candidates, asking);
  const rings = found.flatMap(({ person: second, iGive, theyGive: isPair }) => {
    if (!iGive || isPair) return [];
    return found.flatMap(({ person: third, iGive: isPairToo, theyGive }) => {
      if (!theyGive || isPairToo) return [];
      const between = handOf(second, third, asking);
      if (!between || handOf(third, second, asking)) return [];
      const hands: Circle["hands"] = [iGive, between, theyGive];
      const ids = { secondId: second.memberId, thirdId: third.memberId };
      return [{ ...ids, hands, memberId: `${ids.secondId} ${ids.thirdId}` }];
    });
  });
  rings.sort(
    (one, other) =>
      mean(...other.hands) - mean(...one.hands) || compareLots(me.memberId, one, other),
  );
  const taken = new Set<string>();
  const circles: Circle[] = [];
  for (const { secondId, thirdId, hands } of rings) {
    if (circles.length === options.limit) break;
    if (taken.has(secondId) || taken.has(thirdId)) continue;
    taken.add(secondId).add(thirdId);
    circles.push({ secondId, thirdId, hands });
  }
  return circles;
}
