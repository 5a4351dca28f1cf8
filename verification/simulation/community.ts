/** A community made by chance: who lives there, what they can do, what they will need in the year. */

import { categories, type Place, places } from "../../domain/listing/listing";
import type { MatchListing } from "../../domain/matching/fit";
import { type Chance, chanceFrom } from "../../prisma/demo/seed";

const DAY = 86_400_000;
/** Day 0 of the year; only differences matter. */
const START = Date.UTC(2026, 0, 1);
export const dateOf = (day: number): Date => new Date(START + day * DAY);

export type Resident = {
  memberId: string;
  /** Days from the start of the year; below zero for those who were there before. */
  joined: number;
  /** How likely a rested person says yes, from 0 to 1. */
  willingness: number;
  /** How often somebody looks at the board, against others. */
  eagerness: number;
  /** Minutes a fortnight at which somebody is tired: half as likely to say yes. */
  strength: number;
  languages: string[];
  neighbourhood: string;
  offers: MatchListing[];
};

/** Something that is needed: the same under every rule. */
export type Need = {
  day: number;
  memberId: string;
  minutes: number;
  listing: MatchListing;
};

export type Community = { residents: Resident[]; needs: Need[]; days: number };

/** How often each resident needs help in a year, in the middle. */
const NEEDS_A_YEAR = 8;
/** How unlike each other people are: the deviation of the logarithm. */
const UNEVEN = { willingness: 1, strength: 0.5, need: 0.7 };

/** @returns residents and needs that follow from the seed alone */
export function makeCommunity(seed: number, { members, days }: { members: number; days: number }) {
  const chance = chanceFrom(seed);
  const residents = Array.from({ length: members }, (_, index) =>
    resident(`member-${index}`, days, chance),
  );
  const needs = residents.flatMap((person) => needsOf(person, days, chance));
  needs.sort((one, other) => one.day - other.day || (one.listing.id < other.listing.id ? -1 : 1));
  return { residents, needs, days };
}

function resident(memberId: string, days: number, chance: Chance): Resident {
  const eagerness = logNormal(chance, UNEVEN.willingness);
  const skills = new Set(Array.from({ length: chance.whole(1, 4) }, () => categoryBy(chance)));
  const joined = chance.happens(0.7) ? -chance.whole(60, 1000) : chance.whole(-59, days - 1);
  return {
    memberId,
    joined,
    eagerness,
    willingness: Math.min(0.95, 0.35 * eagerness),
    strength: 180 * logNormal(chance, UNEVEN.strength) * Math.sqrt(eagerness),
    languages: chance.happens(0.8) ? ["here"] : ["there", ...(chance.happens(0.5) ? ["here"] : [])],
    neighbourhood: `neighbourhood ${chance.whole(1, 8)}`,
    offers: [...skills].map((category) => listing(`${memberId} ${category}`, category, 0, chance)),
  };
}

function needsOf(person: Resident, days: number, chance: Chance): Need[] {
  const aDay = (NEEDS_A_YEAR / 365) * logNormal(chance, UNEVEN.need);
  const needs: Need[] = [];
  for (let day = Math.max(0, person.joined); day < days; day += 1) {
    if (!chance.happens(aDay)) continue;
    const id = `${person.memberId} on day ${day}`;
    const asked = listing(id, categoryBy(chance), day, chance);
    needs.push({
      day,
      memberId: person.memberId,
      minutes: 15 * chance.whole(2, 10),
      listing: asked,
    });
  }
  return needs;
}

/** Words of a title: each kind of help has six of its own. */
const listing = (id: string, category: string, day: number, chance: Chance): MatchListing => ({
  id,
  category,
  title: [1, 2].map(() => `${category}${chance.whole(1, 6)}`).join(" "),
  places: places.filter((): boolean => chance.happens(0.5)) satisfies Place[],
  createdAt: dateOf(day),
});

/** Some kinds of help are offered and wanted more often than others. */
const categoryBy = (chance: Chance): string =>
  categories[Math.floor(chance.next() ** 1.5 * categories.length)] ?? "other";

/** Around 1: half of all are below, a few far above. */
function logNormal(chance: Chance, deviation: number): number {
  const normal =
    Math.sqrt(-2 * Math.log(1 - chance.next())) * Math.cos(2 * Math.PI * chance.next());
  return Math.exp(deviation * normal);
}
