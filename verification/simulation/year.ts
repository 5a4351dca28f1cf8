/** Simulates a year day by day: needs arise, members are asked in turn, help happens, hours move. */

import { defaultRules } from "../../domain/community/community";
import { AHEAD_DAYS, type Candidate, RECENT_DAYS } from "../../domain/matching/matching";
import { type Random, seededRandom } from "../../scripts/lib/random";
import { type Community, dateOf, type Need, type Resident } from "./community";
import { type Helper, MAX_ASKED, type Rule } from "./rules";

/** Help happens within this number of days after a member agreed. */
const MAX_DELAY_DAYS = 10;

type Help = { giver: Person; receiver: Person; minutes: number; day: number };
/** A request with the members still to be asked. */
type Open = { need: Need; receiver: Person; queue: string[] };

/** A resident's state. Minutes. */
export class Person {
  balance = 0;
  held = 0;
  given = 0;
  /** Help that they agreed to give, future and past. */
  agreed: Help[] = [];
  /** In minutes of help; halves in a week without help. */
  tiredness = 0;
  constructor(readonly resident: Resident) {}

  canPromise(minutes: number): boolean {
    return this.balance - this.held - minutes >= defaultRules.floor;
  }

  seenOn(day: number): Candidate {
    const { memberId, languages, neighbourhood, offers, joined } = this.resident;
    // Matching ignores what is older.
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
  /** Requests by members who could not promise the hours. */
  atFloor: number;
  /** How often a member was asked, whatever the answer. */
  questions: number;
  /** Sum of the days from each request to its help. */
  waited: number;
};

/** @returns the year under a rule; the same for the same seed */
export function simulateYear(
  { residents, needs, days }: Community,
  rule: Rule,
  seed: number,
): Year {
  const random = seededRandom(seed ^ 0x5eed);
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
  // The days after the year finish what its last days began.
  for (let day = 0; day < days + MAX_ASKED + MAX_DELAY_DAYS; day += 1) {
    for (const person of people) person.tiredness *= 0.5 ** (1 / 7);
    for (const help of coming.get(day) ?? []) settle(help);
    for (let need = needs[next]; need && need.day === day; need = needs[next]) {
      next += 1;
      year.requests += 1;
      const receiver = personOf(need.memberId);
      if (!receiver.canPromise(need.minutes)) year.atFloor += 1;
      else open.push({ need, receiver, queue: queueFor(need, receiver, people, rule, random) });
    }
    open = open.filter((request) => {
      const id = request.queue.shift();
      const { need, receiver } = request;
      if (id === undefined || !receiver.canPromise(need.minutes)) return false;
      const giver = personOf(id);
      year.questions += 1;
      if (!random.happens(yes(giver))) return request.queue.length > 0;
      const help = {
        giver,
        receiver,
        minutes: need.minutes,
        day: day + random.integer(1, MAX_DELAY_DAYS),
      };
      agree(help);
      coming.set(help.day, [...(coming.get(help.day) ?? []), help]);
      year.met += 1;
      year.waited += help.day - need.day;
      return false;
    });
  }
  return year;
}

function queueFor(need: Need, receiver: Person, people: Person[], rule: Rule, random: Random) {
  const others: Helper[] = people
    .filter(
      ({ resident }) =>
        resident.joined <= need.day &&
        resident !== receiver.resident &&
        resident.offers.some(({ category }) => category === need.listing.category),
    )
    .map((person) => ({ resident: person.resident, candidate: person.seenOn(need.day) }));
  return rule(need, receiver.seenOn(need.day), others, random);
}

/** Probability that a member agrees: falls with what they have done and promised lately. */
const yes = ({ resident: { willingness, strength }, tiredness }: Person): number =>
  willingness / (1 + (tiredness / strength) ** 2);

function agree(help: Help): void {
  help.receiver.held += help.minutes;
  help.giver.agreed.push(help);
  help.giver.tiredness += help.minutes;
}

function settle({ giver, receiver, minutes }: Help): void {
  receiver.held -= minutes;
  receiver.balance -= minutes;
  giver.balance += minutes;
  giver.given += minutes;
}
