/** Who is asked, and in which order. */

import { type Candidate, rankGivers, type Weights, weights } from "../../domain/matching/matching";
import type { Chance } from "../../prisma/demo/seed";
import { dateOf, type Need, type Resident } from "./community";

/** One who could help, as the resident they are and as matching sees them. */
export type Somebody = { resident: Resident; candidate: Candidate };

export type Rule = (need: Need, asker: Candidate, others: Somebody[], chance: Chance) => string[];

/** As many are asked, one a day, before somebody gives up; the same under every rule. */
export const ASKED = 8;
/** As many of them are those whom the product suggests; then the request is left to the board. */
export const SUGGESTED = 5;

/**
 * The product's own rule, from domain/matching/matching.ts: the suggested are asked in turn, and when
 * all of them say no, whoever comes by the board.
 */
export const fairRule =
  (by: Weights = weights): Rule =>
  (need, asker, others, chance) => {
    const suggested = rankGivers(
      { request: need.listing, asker },
      others.map(({ candidate }) => candidate),
      dateOf(need.day),
      { limit: SUGGESTED, balancesVisible: false, weights: by },
    ).map(({ memberId }) => memberId);
    const rest = others.filter(({ resident }) => !suggested.includes(resident.memberId));
    return [...suggested, ...firstCome(need, asker, rest, chance)].slice(0, ASKED);
  };

/** A board without suggestions: whoever comes by first, and the eager come by more often. */
export const firstCome: Rule = (_need, _asker, others, chance) =>
  others
    .map(({ resident: { memberId, eagerness } }) => ({
      memberId,
      comes: -Math.log(1 - chance.next()) / eagerness,
    }))
    .sort((one, other) => one.comes - other.comes)
    .slice(0, ASKED)
    .map(({ memberId }) => memberId);

/** Fit alone: what remains of the rule when its fairness is taken out. */
export const unfair: Weights = { ...weights, least: 1, most: 1 };

/** Every other request is put on the board only. */
const half: Rule = (need, asker, others, chance) =>
  (chance.happens(0.5) ? fairRule() : firstCome)(need, asker, others, chance);

export const rules = {
  "first come": firstCome,
  "fit alone": fairRule(unfair),
  "our rule": fairRule(),
  "ours for every other": half,
} satisfies Record<string, Rule>;

/** Weights that were tried beside the chosen ones; `--weights` measures them again. */
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
