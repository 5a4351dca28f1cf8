/** The rules: who is asked for help, and in which order. */

import { type Candidate, rankGivers, type Weights, weights } from "../../domain/matching/matching";
import type { Random } from "../../scripts/lib/random";
import { dateOf, type Need, type Resident } from "./community";

/** A possible giver, as a resident and as matching sees them. */
export type Helper = { resident: Resident; candidate: Candidate };

export type Rule = (need: Need, asker: Candidate, others: Helper[], random: Random) => string[];

/** How many members are asked, one a day, before a request is given up; the same under every rule. */
export const MAX_ASKED = 8;
/** How many of them the product suggests; the others find the request on the board. */
export const MAX_SUGGESTED = 5;

/**
 * The product's rule (domain/matching/matching.ts): the suggested members are asked first, then those
 * who find the request on the board.
 */
export const fairRule =
  (by: Weights = weights): Rule =>
  (need, asker, others, random) => {
    const suggested = rankGivers(
      { request: need.listing, asker },
      others.map(({ candidate }) => candidate),
      dateOf(need.day),
      { limit: MAX_SUGGESTED, balancesVisible: false, weights: by },
    ).map(({ memberId }) => memberId);
    const rest = others.filter(({ resident }) => !suggested.includes(resident.memberId));
    return [...suggested, ...firstCome(need, asker, rest, random)].slice(0, MAX_ASKED);
  };

/** A board without suggestions: members find the request at random, eager ones more often. */
export const firstCome: Rule = (_need, _asker, others, random) =>
  others
    .map(({ resident: { memberId, eagerness } }) => ({
      memberId,
      foundAt: -Math.log(1 - random.next()) / eagerness,
    }))
    .sort((one, other) => one.foundAt - other.foundAt)
    .slice(0, MAX_ASKED)
    .map(({ memberId }) => memberId);

/** The product's rule without fairness: only the fit counts. */
export const unfair: Weights = { ...weights, least: 1, most: 1 };

/** Suggests for half of the requests, at random. */
const half: Rule = (need, asker, others, random) =>
  (random.happens(0.5) ? fairRule() : firstCome)(need, asker, others, random);

export const rules = {
  "first come": firstCome,
  "fit alone": fairRule(unfair),
  "our rule": fairRule(),
  "ours for every other": half,
} satisfies Record<string, Rule>;

/** Alternatives to the chosen weights, for comparison by `--weights`. */
export const otherWeights: Record<string, Weights> = Object.fromEntries([
  ...[60, 120, 240].flatMap((halfAt) =>
    [
      [0, 0],
      [0.25, 0.5],
      [0.5, 0.75],
      [0.5, 1],
    ].map(([isNew = 0, belowZero = 0]) => [
      `half at ${halfAt}, new ${isNew}, below ${belowZero}`,
      { ...weights, halfAt, isNew, belowZero },
    ]),
  ),
  ["bounds 0.5 to 1.5", { ...weights, least: 0.5, most: 1.5 }],
  ["bounds 0.1 to 4", { ...weights, least: 0.1, most: 4 }],
  ["fit counts nothing", { ...weights, similarity: { words: 0, place: 0, language: 0, near: 0 } }],
]);
