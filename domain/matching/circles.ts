/** Mutual matches: two members who can help each other, and circles of three. */
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

/** Help that one member could give another. */
export type MatchEdge = {
  giverId: string;
  receiverId: string;
  offerId: string;
  requestId: string;
  score: number;
  reasons: MatchReason[];
};

export type Pair = { otherId: string; iGive: MatchEdge; theyGive: MatchEdge };
/** I help the second, who helps the third, who helps me. */
export type Circle = {
  secondId: string;
  thirdId: string;
  hands: [MatchEdge, MatchEdge, MatchEdge];
};

type Query = { me: Candidate; now: Date; options: MatchOptions };

/** The best help that a giver can give a receiver, or null. */
function edgeBetween(
  giver: Candidate,
  receiver: Candidate,
  { me, now, options }: Query,
): MatchEdge | null {
  const by = options.weights ?? weights;
  // A candidate's distance is the one from me.
  const other = giver === me ? receiver : receiver === me ? giver : null;
  const fit = bestFit({ giver, receiver }, other?.metres ?? null, by.similarity);
  if (!fit) return null;
  return {
    giverId: giver.memberId,
    receiverId: receiver.memberId,
    offerId: fit.offer.id,
    requestId: fit.request.id,
    score: fit.score * giverFairness(giver, now, by),
    // No reasons about myself.
    reasons: [...fitReasons(fit), ...(giver === me ? [] : giverReasons(giver, now, options))],
  };
}

/** The geometric mean: a weak edge counts even beside two strong ones. */
const meanScore = (...edges: MatchEdge[]): number =>
  edges.reduce((product, { score }) => product * score, 1) ** (1 / edges.length);

/** Everybody whom I can help, and everybody who can help me. */
function edgesWithMe(candidates: readonly Candidate[], query: Query) {
  const { me } = query;
  return candidates.flatMap((person) => {
    if (person.memberId === me.memberId) return [];
    const iGive = edgeBetween(me, person, query);
    const theyGive = edgeBetween(person, me, query);
    return iGive || theyGive ? [{ person, iGive, theyGive }] : [];
  });
}

/** Members with whom I could exchange help directly, best first. */
export function pairsOf(
  me: Candidate,
  candidates: readonly Candidate[],
  now: Date,
  options: MatchOptions,
): Pair[] {
  return edgesWithMe(candidates, { me, now, options })
    .flatMap(({ person, iGive, theyGive }) =>
      iGive && theyGive ? [{ memberId: person.memberId, iGive, theyGive }] : [],
    )
    .sort(
      (one, other) =>
        meanScore(other.iGive, other.theyGive) - meanScore(one.iGive, one.theyGive) ||
        compareLots(me.memberId, one, other),
    )
    .slice(0, options.limit)
    .map(({ memberId, iGive, theyGive }) => ({ otherId: memberId, iGive, theyGive }));
}

/**
 * Circles of three that include me, best first. Two members who can help each other need no third, so
 * that no circle contains such a pair. Each other member is in one circle only.
 */
export function circlesOf(
  me: Candidate,
  candidates: readonly Candidate[],
  now: Date,
  options: MatchOptions,
): Circle[] {
  const query = { me, now, options };
  const found = edgesWithMe(candidates, query);
  const possible = found.flatMap(({ person: second, iGive, theyGive: isPair }) => {
    if (!iGive || isPair) return [];
    return found.flatMap(({ person: third, iGive: isPairToo, theyGive }) => {
      if (!theyGive || isPairToo) return [];
      const between = edgeBetween(second, third, query);
      if (!between || edgeBetween(third, second, query)) return [];
      const hands: Circle["hands"] = [iGive, between, theyGive];
      const ids = { secondId: second.memberId, thirdId: third.memberId };
      return [{ ...ids, hands, memberId: `${ids.secondId} ${ids.thirdId}` }];
    });
  });
  possible.sort(
    (one, other) =>
      meanScore(...other.hands) - meanScore(...one.hands) || compareLots(me.memberId, one, other),
  );
  const taken = new Set<string>();
  const circles: Circle[] = [];
  for (const { secondId, thirdId, hands } of possible) {
    if (circles.length === options.limit) break;
    if (taken.has(secondId) || taken.has(thirdId)) continue;
    taken.add(secondId).add(thirdId);
    circles.push({ secondId, thirdId, hands });
  }
  return circles;
}
