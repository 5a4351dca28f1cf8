/** A random community: its residents, what they offer, and the help that they need in the year. */

import { categories, type Place, places } from "../../domain/listing/listing";
import type { MatchListing } from "../../domain/matching/fit";
import { type Random, seededRandom } from "../../scripts/lib/random";

const DAY = 86_400_000;
/** Day 0 of the year. Only differences between days matter. */
const START = Date.UTC(2026, 0, 1);
export const dateOf = (day: number): Date => new Date(START + day * DAY);

export type Resident = {
  memberId: string;
  /** Days from the start of the year; negative for those who joined earlier. */
  joined: number;
  /** Probability (0 to 1) that a rested resident agrees to help. */
  willingness: number;
  /** How often they look at the board, relative to others. */
  eagerness: number;
  /** Minutes in a fortnight after which they are tired: half as likely to agree. */
  strength: number;
  languages: string[];
  neighbourhood: string;
  offers: MatchListing[];
};

/** A need for help: the same under every rule. */
export type Need = {
  day: number;
  memberId: string;
  minutes: number;
  listing: MatchListing;
};

export type Community = { residents: Resident[]; needs: Need[]; days: number };

/** Median number of needs of a resident in a year. */
const NEEDS_A_YEAR = 8;
/** How much residents differ: the standard deviation of the logarithm. */
const UNEVEN = { willingness: 1, strength: 0.5, need: 0.7 };

/** @returns residents and needs that follow from the seed alone */
export function makeCommunity(seed: number, { members, days }: { members: number; days: number }) {
  const random = seededRandom(seed);
  const residents = Array.from({ length: members }, (_, index) =>
    resident(`member-${index}`, days, random),
  );
  const needs = residents.flatMap((person) => needsOf(person, days, random));
  needs.sort((one, other) => one.day - other.day || (one.listing.id < other.listing.id ? -1 : 1));
  return { residents, needs, days };
}

function resident(memberId: string, days: number, random: Random): Resident {
  const eagerness = logNormal(random, UNEVEN.willingness);
  const skills = new Set(Array.from({ length: random.integer(1, 4) }, () => categoryBy(random)));
  const joined = random.happens(0.7) ? -random.integer(60, 1000) : random.integer(-59, days - 1);
  return {
    memberId,
    joined,
    eagerness,
    willingness: Math.min(0.95, 0.35 * eagerness),
    strength: 180 * logNormal(random, UNEVEN.strength) * Math.sqrt(eagerness),
    languages: random.happens(0.8) ? ["here"] : ["there", ...(random.happens(0.5) ? ["here"] : [])],
    neighbourhood: `neighbourhood ${random.integer(1, 8)}`,
    offers: [...skills].map((category) => listing(`${memberId} ${category}`, category, 0, random)),
  };
}

function needsOf(person: Resident, days: number, random: Random): Need[] {
  const aDay = (NEEDS_A_YEAR / 365) * logNormal(random, UNEVEN.need);
  const needs: Need[] = [];
  for (let day = Math.max(0, person.joined); day < days; day += 1) {
    if (!random.happens(aDay)) continue;
    const id = `${person.memberId} on day ${day}`;
    const asked = listing(id, categoryBy(random), day, random);
    needs.push({
      day,
      memberId: person.memberId,
      minutes: 15 * random.integer(2, 10),
      listing: asked,
    });
  }
  return needs;
}

/** Each kind of help has six title words of its own. */
const listing = (id: string, category: string, day: number, random: Random): MatchListing => ({
  id,
  category,
  title: [1, 2].map(() => `${category}${random.integer(1, 6)}`).join(" "),
  places: places.filter((): boolean => random.happens(0.5)) satisfies Place[],
  createdAt: dateOf(day),
});

/** Some categories are more common than others. */
const categoryBy = (random: Random): string =>
  categories[Math.floor(random.next() ** 1.5 * categories.length)] ?? "other";

/** Log-normal with median 1: a few values are far above it. */
function logNormal(random: Random, deviation: number): number {
  const normal =
    Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Math.exp(deviation * normal);
}
