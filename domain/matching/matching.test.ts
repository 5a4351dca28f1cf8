import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Place, places } from "../listing/listing";
import type { MatchListing } from "./fit";
import {
  type Candidate,
  giverFairness,
  type MatchOptions,
  type MatchReason,
  rankGivers,
  rankRequesters,
  receiverFairness,
  type Suggestion,
  weights,
} from "./matching";

const DAY = 86_400_000;
const now = new Date("2026-05-01T12:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * DAY);
const options: MatchOptions = { limit: 100, balancesVisible: true };

const listing = (id: string, over: Partial<MatchListing> = {}): MatchListing => ({
  id,
  category: "garden",
  title: "Tomatoes",
  places: ["yours"],
  createdAt: daysAgo(1),
  ...over,
});
/** Joined long ago, has a balance of zero and one offer without a special fit. */
const member = (memberId: string, over: Partial<Candidate> = {}): Candidate => ({
  memberId,
  joinedAt: daysAgo(400),
  balance: 0,
  promised: 0,
  givenLately: 300,
  receivedLately: 0,
  languages: [],
  neighbourhood: "",
  offers: [listing(`offer of ${memberId}`)],
  requests: [],
  ...over,
});
const request = listing("request", { title: "Water my beans", places: ["yours"] });
const asker = member("asker", { offers: [] });
const givers = (candidates: Candidate[], over: Partial<MatchOptions> = {}) =>
  rankGivers({ request, asker }, candidates, now, { ...options, ...over });
const ids = (found: Suggestion[]) => found.map(({ memberId }) => memberId);
const reasonsOf = (candidate: Candidate, over: Partial<MatchOptions> = {}): MatchReason[] =>
  givers([candidate], over)[0]?.reasons ?? [];

const anyListing = (id: string) =>
  fc.record({
    id: fc.constant(id),
    category: fc.constantFrom("garden", "repair", "other"),
    title: fc.constantFrom("Tomatoes", "Water the beans", "Beans", "Bicycle", ""),
    places: fc.subarray<Place>([...places]),
    createdAt: fc.nat(90).map(daysAgo),
  });
const anyMember = (memberId: string): fc.Arbitrary<Candidate> =>
  fc.record({
    memberId: fc.constant(memberId),
    joinedAt: fc.nat(500).map(daysAgo),
    balance: fc.integer({ min: -600, max: 3000 }),
    promised: fc.nat(2000),
    givenLately: fc.nat(5000),
    receivedLately: fc.nat(5000),
    languages: fc.subarray(["Deutsch", "Español", "Türkçe"]),
    neighbourhood: fc.constantFrom("", "Old Town", "Riverside"),
    metres: fc.option(fc.nat(20_000)),
    offers: fc.tuple(anyListing(`${memberId} o1`), anyListing(`${memberId} o2`)),
    requests: fc.tuple(anyListing(`${memberId} r1`), anyListing(`${memberId} r2`)),
  });
const people = fc
  .integer({ min: 1, max: 12 })
  .chain((count) =>
    fc.tuple(...Array.from({ length: count }, (_, index) => anyMember(`m${index}`))),
  );

describe("rankGivers", () => {
  it("requires the same category, and in the category other a word in common", () => {
    const repair = listing("r", { category: "repair" });
    expect(ids(givers([member("a"), member("b", { offers: [repair] })]))).toEqual(["a"]);
    const other = { category: "other", title: "Beekeeping" };
    const ask = (title: string) =>
      rankGivers(
        { request: listing("q", { category: "other", title }), asker },
        [member("a", { offers: [listing("o", other)] })],
        now,
        options,
      );
    expect(ids(ask("Learn beekeeping"))).toEqual(["a"]);
    expect(ask("Carry a sofa")).toEqual([]);
  });

  it.each([
    ["words in common", { offers: [listing("o", { title: "BEANS and peas" })] }, "sharedWords"],
    ["a place that suits both", { offers: [listing("o", { places: ["mine"] })] }, "placeSuits"],
    ["a common language", { languages: ["ESPANOL"] }, "sameLanguage"],
    ["the same neighbourhood", { neighbourhood: " old town" }, "near"],
    ["a short way", { metres: 200 }, "near"],
    ["being new", { joinedAt: daysAgo(3) }, "isNew"],
    ["a balance below zero", { balance: -300 }, "couldUseHours"],
    ["a lighter load", { givenLately: 0 }, "carriesLittle"],
  ] as const)("prefers the giver with %s, and gives the reason", (_, better, reason) => {
    const of = { languages: ["Español"], neighbourhood: "Old Town" };
    for (const [one, two] of ["ab", "ba", "cd", "dc"]) {
      const found = rankGivers(
        { request, asker: { ...asker, ...of } },
        [member(one ?? ""), member(two ?? "", better)],
        now,
        options,
      );
      expect(ids(found)).toEqual([two, one]);
      expect(found[0]?.reasons).toContain(reason);
      expect(found[1]?.reasons).not.toContain(reason);
    }
  });

  it("gives no reason about balances if the community hides them", () => {
    const below = member("a", { balance: -300 });
    expect(reasonsOf(below)).toContain("couldUseHours");
    expect(reasonsOf(below, { balancesVisible: false })).not.toContain("couldUseHours");
    expect(reasonsOf(member("a", { balance: -15 }))).not.toContain("couldUseHours");
  });

  it("suggests each giver with their best offer", () => {
    const offers = [listing("peas", { title: "Peas" }), listing("beans", { title: "Beans" })];
    expect(givers([member("a", { offers })])[0]?.listingId).toBe("beans");
    expect(givers([member("a", { offers: offers.toReversed() })])[0]?.listingId).toBe("beans");
  });

  it("never suggests the asker, and respects the limit", () => {
    fc.assert(
      fc.property(people, fc.nat(5), (candidates, limit) => {
        const [first] = candidates;
        const own = { request: listing("q"), asker: first ?? asker };
        const found = ids(rankGivers(own, candidates, now, { ...options, limit }));
        expect(found).not.toContain(own.asker.memberId);
        expect(found.length).toBeLessThanOrEqual(limit);
        expect(new Set(found).size).toBe(found.length);
      }),
    );
  });

  it("does not depend on the order of the candidates", () => {
    fc.assert(
      fc.property(
        people.chain((all) =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
          ),
        ),
        ([candidates, shuffled]) => {
          const turned = shuffled.map((one) => ({ ...one, offers: one.offers.toReversed() }));
          expect(givers(turned)).toEqual(givers(candidates));
        },
      ),
    );
  });

  it("never raises a giver whose load grows", () => {
    fc.assert(
      fc.property(people, fc.nat(500), fc.nat(3000), (candidates, promised, given) => {
        const [first, ...rest] = candidates;
        if (!first) return;
        const heavier = {
          ...first,
          promised: first.promised + promised,
          givenLately: first.givenLately + given,
        };
        const [before, after] = [givers(candidates), givers([heavier, ...rest])];
        const placeIn = (found: Suggestion[]) => ids(found).indexOf(first.memberId);
        expect(placeIn(after)).toBeGreaterThanOrEqual(placeIn(before));
      }),
    );
  });

  it("never ranks a giver who is new or below zero below an otherwise equal one", () => {
    const raised = fc.oneof(
      fc.record({ joinedAt: fc.nat(59).map(daysAgo) }),
      fc.record({ balance: fc.integer({ min: -600, max: -1 }) }),
    );
    fc.assert(
      fc.property(anyMember("x"), raised, fc.boolean(), (equal, better, swap) => {
        const plain = { ...equal, joinedAt: daysAgo(400), balance: Math.max(0, equal.balance) };
        const pair = [
          { ...plain, memberId: "x" },
          { ...plain, memberId: "y", ...better },
        ];
        const found = givers(swap ? pair.toReversed() : pair);
        if (found.length < 2) return;
        const [x, y] = ["x", "y"].map((id) => found.find(({ memberId }) => memberId === id));
        expect(y?.score ?? 0).toBeGreaterThanOrEqual(x?.score ?? 0);
      }),
    );
  });

  it("does not always put the same one of several equals first", () => {
    const equals = Array.from({ length: 5 }, (_, index) => member(`m${index}`));
    const firsts = Array.from({ length: 1000 }, (_, index) =>
      rankGivers({ request: listing(`request ${index}`), asker }, equals, now, options),
    ).map(([first]) => first?.memberId);
    for (const { memberId } of equals) {
      const share = firsts.filter((first) => first === memberId).length / firsts.length;
      expect(share).toBeGreaterThan(0.14);
      expect(share).toBeLessThan(0.26);
    }
  });
});

describe("fairness", () => {
  const { least, most } = weights;

  it("is bounded for every member", () => {
    fc.assert(
      fc.property(anyMember("a"), (one) => {
        for (const fairness of [
          giverFairness(one, now),
          receiverFairness(one, one.requests[0] ?? request, now),
        ]) {
          expect(fairness).toBeGreaterThanOrEqual(least);
          expect(fairness).toBeLessThanOrEqual(most);
        }
      }),
    );
    expect(giverFairness(member("a", { promised: 60_000 }), now)).toBe(least);
    const lowest = member("a", { balance: -6000, joinedAt: now, givenLately: 0 });
    expect(giverFairness(lowest, now)).toBe(most);
  });

  it("falls smoothly, and halves at the load in the weights", () => {
    const at = (promised: number) => giverFairness(member("a", { promised, givenLately: 0 }), now);
    expect(at(0)).toBe(1);
    expect(at(weights.halfAt)).toBe(0.5);
    expect(at(30)).toBeGreaterThan(at(45));
  });
});

describe("rankRequesters", () => {
  const offer = listing("offer", { title: "Tomatoes and beans", places: ["yours"] });
  const requesters = (candidates: Candidate[]) =>
    rankRequesters({ offer, offerer: asker }, candidates, now, options);
  const requester = (memberId: string, over: Partial<Candidate> = {}) =>
    member(memberId, { offers: [], requests: [listing(`request of ${memberId}`)], ...over });

  it.each([
    ["has received less lately", { receivedLately: 0 }, undefined],
    ["is new", { joinedAt: daysAgo(2) }, "isNew"],
    ["has waited longer", { requests: [listing("r", { createdAt: daysAgo(40) })] }, "waitsLong"],
  ] as const)("puts first a member who %s", (_, better, reason) => {
    const base = { receivedLately: 60 };
    for (const [one, two] of ["ab", "ba"]) {
      const found = requesters([
        requester(one ?? "", base),
        requester(two ?? "", { ...base, ...better }),
      ]);
      expect(ids(found)).toEqual([two, one]);
      if (reason) expect(found[0]?.reasons).toContain(reason);
    }
  });

  it("never suggests the offerer, and does not depend on the order of the candidates", () => {
    fc.assert(
      fc.property(people, (candidates) => {
        const [first] = candidates;
        const own = { offer, offerer: first ?? asker };
        const found = rankRequesters(own, candidates, now, options);
        expect(ids(found)).not.toContain(own.offerer.memberId);
        expect(rankRequesters(own, candidates.toReversed(), now, options)).toEqual(found);
        for (const { memberId, listingId } of found) {
          const person = candidates.find((one) => one.memberId === memberId);
          expect(person?.requests.map(({ id }) => id)).toContain(listingId);
        }
      }),
    );
  });
});
