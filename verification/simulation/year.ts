/** A year day by day: needs arise, people are asked in turn, help happens, hours move. */

import { defaultRules } from "../../domain/community/community";
import { AHEAD_DAYS, type Candidate, RECENT_DAYS } from "../../domain/matching/matching";
import { type Chance, chanceFrom } from "../../prisma/demo/seed";
import { type Community, dateOf, type Need, type Resident } from "./community";
import { ASKED, type Rule, type Somebody } from "./rules";

/** Help happens within so many days of a yes. */
const LATEST = 10;

type Help = { giver: Person; receiver: Person; minutes: number; day: number };
/** A request with those who are still to be asked. */
type Open = { need: Need; receiver: Person; queue: string[] };

/** A resident with what the year has made of them. Minutes. */
export class Person {
  balance = 0;
  held = 0;
  given = 0;
  /** Help that they agreed to give, and gave. */
  agreed: Help[] = [];
  /** Falls by half each week without help. */
  tired = 0;
  constructor(readonly resident: Resident) {}

  canPromise(minutes: number): boolean {
    return this.balance - this.held - minutes >= defaultRules.floor;
  }

  seenOn(day: number): Candidate {
    const { memberId, languages, neighbourhood, offers, joined } = this.resident;
    // What is older will not count again.
    this.agreed = this.agreed.filter((help) => help.day > day - RECENT_DAYS);
    let promised = 0;
    let givenLately = 0;
    for (const help of this.agreed) {
      if (help.day <= day) givenLately += help.minutes;
      else if (help.day <= day + AHEAD_DAYS) promised += help.minutes;
    }
    return {
      memberId,
      languages,
      neighbourhood,
      offers,
      requests: [],
      receivedLately: 0,
      joinedAt: dateOf(joined),
      balance: this.balance,
      promised,
      givenLately,
    };
  }
}

export type Year = {
  people: Person[];
  requests: number;
  met: number;
  /** Requests of people who could not promise the hours. */
  atFloor: number;
  /** How often somebody was asked, whatever they said. */
  questions: number;
  /** Days from the request to the help, summed up. */
  waited: number;
};

/** @returns what became of the year under a rule; the same for the same seed */
export function liveYear({ residents, needs, days }: Community, rule: Rule, seed: number): Year {
  const chance = chanceFrom(seed ^ 0x5eed);
  const people = residents.map((resident) => new Person(resident));
  const byId = new Map(people.map((person) => [person.resident.memberId, person]));
  const personOf = (id: string): Person => {
    const person = byId.get(id);
    if (!person) throw new Error(`no member ${id} in the simulation`);
    return person;
  };
  const year: Year = { people, requests: 0, met: 0, atFloor: 0, questions: 0, waited: 0 };
  const coming = new Map<number, Help[]>();
  let open: Open[] = [];
  let next = 0;
  // What was begun in the last days is brought to its end.
  for (let day = 0; day < days + ASKED + LATEST; day += 1) {
    for (const person of people) person.tired *= 0.5 ** (1 / 7);
    for (const help of coming.get(day) ?? []) settle(help);
    for (let need = needs[next]; need && need.day === day; need = needs[next]) {
      next += 1;
      year.requests += 1;
      const receiver = personOf(need.memberId);
      if (!receiver.canPromise(need.minutes)) year.atFloor += 1;
      else open.push({ need, receiver, queue: queueFor(need, receiver, people, rule, chance) });
    }
    open = open.filter((request) => {
      const id = request.queue.shift();
      const { need, receiver } = request;
      if (id === undefined || !receiver.canPromise(need.minutes)) return false;
      const giver = personOf(id);
      year.questions += 1;
      if (!chance.happens(yes(giver))) return request.queue.length > 0;
      const help = { giver, receiver, minutes: need.minutes, day: day + chance.whole(1, LATEST) };
      agree(help);
      coming.set(help.day, [...(coming.get(help.day) ?? []), help]);
      year.met += 1;
      year.waited += help.day - need.day;
      return false;
    });
  }
  return year;
}

function queueFor(need: Need, receiver: Person, people: Person[], rule: Rule, chance: Chance) {
  const others: Somebody[] = people
    .filter(
      ({ resident }) =>
        resident.joined <= need.day &&
        resident !== receiver.resident &&
        resident.offers.some(({ category }) => category === need.listing.category),
    )
    .map((person) => ({ resident: person.resident, candidate: person.seenOn(need.day) }));
  return rule(need, receiver.seenOn(need.day), others, chance);
}

/** How likely somebody says yes: less, the more they have done and promised of late. */
const yes = ({ resident: { willingness, strength }, tired }: Person): number =>
  willingness / (1 + (tired / strength) ** 2);

function agree(help: Help): void {
  help.receiver.held += help.minutes;
  help.giver.agreed.push(help);
  help.giver.tired += help.minutes;
}

function settle({ giver, receiver, minutes }: Help): void {
  receiver.held -= minutes;
  receiver.balance -= minutes;
  giver.balance += minutes;
  giver.given += minutes;
}
