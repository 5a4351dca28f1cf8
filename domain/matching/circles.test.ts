import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Circle, circlesOf, type MatchEdge, pairsOf } from "./circles";
import type { MatchListing } from "./fit";
import type { Candidate } from "./matching";

const now = new Date("2026-05-01T12:00:00Z");
const joinedAt = new Date("2025-01-01T12:00:00Z");
const options = { limit: 3, balancesVisible: true };

const listing = (id: string, category: string): MatchListing => ({
  id,
  category,
  title: category,
  places: ["online" as const],
  createdAt: joinedAt,
});
/** @param offers and requests: categories */
const person = (memberId: string, offers: string[], requests: string[]): Candidate => ({
  memberId,
  joinedAt,
  balance: -120,
  promised: 0,
  givenLately: 0,
  receivedLately: 0,
  languages: [],
  neighbourhood: "",
  offers: offers.map((category) => listing(`${memberId} offers ${category}`, category)),
  requests: requests.map((category) => listing(`${memberId} asks ${category}`, category)),
});

const kinds = fc.subarray(["garden", "repair", "care", "digital", "sport"], { maxLength: 3 });
const street = fc
  .array(fc.tuple(kinds, kinds), { minLength: 1, maxLength: 9 })
  .map((all) => all.map(([offers, asks], index) => person(`m${index}`, offers, asks)));

/** Whether the giver of an edge really offers what the receiver requests. */
function isTrue(hand: MatchEdge, all: Candidate[]): boolean {
  const offers = all.find((one) => one.memberId === hand.giverId)?.offers ?? [];
  const requests = all.find((one) => one.memberId === hand.receiverId)?.requests ?? [];
  const offer = offers.find(({ id }) => id === hand.offerId);
  const request = requests.find(({ id }) => id === hand.requestId);
  return offer !== undefined && offer.category === request?.category;
}
const canHelp = (giver: Candidate | undefined, receiver: Candidate | undefined): boolean =>
  (giver?.offers ?? []).some(({ category }) =>
    (receiver?.requests ?? []).some((request) => request.category === category),
  );

describe("pairsOf", () => {
  it("finds a pair with the offers and requests that match", () => {
    const me = person("me", ["garden"], ["repair"]);
    const all = [
      person("b", ["repair"], ["garden"]),
      person("c", ["repair"], ["care"]),
      person("d", ["care"], ["garden"]),
    ];
    const [pair, ...none] = pairsOf(me, [...all, me], now, options);
    expect(none).toEqual([]);
    expect(pair).toMatchObject({
      otherId: "b",
      iGive: { giverId: "me", offerId: "me offers garden", requestId: "b asks garden" },
      theyGive: { giverId: "b", offerId: "b offers repair", requestId: "me asks repair" },
    });
    // No reasons about myself.
    expect(pair?.theyGive.reasons).toContain("couldUseHours");
    expect(pair?.iGive.reasons).not.toContain("couldUseHours");
  });

  it("finds exactly the members with whom help is possible both ways", () => {
    fc.assert(
      fc.property(street, (all) => {
        const [me, ...others] = all;
        if (!me) return;
        const found = pairsOf(me, all, now, { ...options, limit: 99 });
        const expected = others.filter((one) => canHelp(me, one) && canHelp(one, me));
        expect(found.map(({ otherId }) => otherId).sort()).toEqual(
          expected.map(({ memberId }) => memberId).sort(),
        );
        expect(
          found.every(({ iGive, theyGive }) => isTrue(iGive, all) && isTrue(theyGive, all)),
        ).toBe(true);
      }),
    );
  });
});

describe("circlesOf", () => {
  it("finds three members of whom each can help the next", () => {
    const me = person("me", ["garden"], ["care"]);
    const all = [person("b", ["repair"], ["garden"]), person("c", ["care"], ["repair"])];
    const [circle] = circlesOf(me, all, now, options);
    expect(circle).toMatchObject({ secondId: "b", thirdId: "c" });
    expect(circle?.hands.map(({ giverId, receiverId }) => giverId + receiverId)).toEqual([
      "meb",
      "bc",
      "cme",
    ]);
    expect(circle?.hands[1]?.requestId).toBe("c asks repair");
  });

  it("skips circles in which two can help each other directly", () => {
    const me = person("me", ["garden"], ["care"]);
    const b = person("b", ["repair"], ["garden"]);
    const c = person("c", ["care"], ["repair"]);
    const alone = (over: Candidate[]) => circlesOf(me, over, now, options);
    expect(alone([b, c])).toHaveLength(1);
    expect(alone([{ ...b, offers: person("b", ["repair", "care"], []).offers }, c])).toEqual([]);
    expect(alone([b, { ...c, requests: person("c", [], ["repair", "garden"]).requests }])).toEqual(
      [],
    );
    const cToo = person("c", ["care", "sport"], ["repair"]);
    expect(
      alone([{ ...b, requests: person("b", [], ["garden", "sport"]).requests }, cToo]),
    ).toEqual([]);
  });

  const holdsTrue = ({ secondId, thirdId, hands }: Circle, all: Candidate[]) => {
    const of = (id: string) => all.find(({ memberId }) => memberId === id);
    const [me, second, third] = ["m0", secondId, thirdId].map(of);
    const ring = hands.flatMap(({ giverId, receiverId }) => [giverId, receiverId]);
    expect(ring).toEqual(["m0", secondId, secondId, thirdId, thirdId, "m0"]);
    expect(new Set(["m0", secondId, thirdId]).size).toBe(3);
    expect(hands.every((hand) => isTrue(hand, all))).toBe(true);
    for (const [one, other] of [
      [second, me],
      [third, second],
      [me, third],
    ])
      expect(canHelp(one, other)).toBe(false);
  };

  it("finds cycles of three members without pairs, with each member in one of them", () => {
    fc.assert(
      fc.property(street, fc.nat(4), (all, limit) => {
        const [me] = all;
        if (!me) return;
        const circles = circlesOf(me, all, now, { ...options, limit });
        for (const circle of circles) holdsTrue(circle, all);
        const inside = circles.flatMap(({ secondId, thirdId }) => [secondId, thirdId]);
        expect(new Set(inside).size).toBe(inside.length);
        expect(circles.length).toBeLessThanOrEqual(limit);
        expect(circlesOf(me, all.toReversed(), now, { ...options, limit })).toEqual(circles);
      }),
    );
  });

  it("finds a circle whenever one exists", () => {
    fc.assert(
      fc.property(street, (all) => {
        const [me, ...others] = all;
        if (!me) return;
        const is = (b: Candidate, c: Candidate) =>
          canHelp(me, b) &&
          canHelp(b, c) &&
          canHelp(c, me) &&
          !canHelp(b, me) &&
          !canHelp(c, b) &&
          !canHelp(me, c);
        const exists = others.some((b) => others.some((c) => b !== c && is(b, c)));
        expect(circlesOf(me, all, now, options).length > 0).toBe(exists);
      }),
    );
  });
});
