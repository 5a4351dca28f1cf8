import { describe, expect, it } from "vitest";
import { bestFit, type MatchListing, placesMeet, titleWordsOf } from "./fit";

describe("titleWordsOf", () => {
  it("folds words and leaves out stop words", () => {
    expect([...titleWordsOf("Help with my BÄUME, äpfel & ÁRBOLES")]).toEqual([
      "baume",
      "apfel",
      "arboles",
    ]);
    expect([...titleWordsOf("I need a hand")]).toEqual(["hand"]);
    expect([...titleWordsOf("Помощь 日本語会話")]).toEqual([
      "помощь",
      "日本",
      "本語",
      "語会",
      "会話",
    ]);
  });
});

describe("placesMeet", () => {
  it("compares places from each member's point of view", () => {
    expect(placesMeet(["mine"], ["yours"])).toBe(true);
    expect(placesMeet(["yours"], ["mine"])).toBe(true);
    expect(placesMeet(["online", "mine"], ["online"])).toBe(true);
    // Each wants the other to come.
    expect(placesMeet(["mine"], ["mine"])).toBe(false);
    expect(placesMeet(["yours"], ["yours"])).toBe(false);
    expect(placesMeet(["mine"], ["elsewhere", "online"])).toBe(false);
  });
});

describe("bestFit", () => {
  const now = new Date(0);
  const listing = (id: string, over: Partial<MatchListing> = {}): MatchListing => ({
    id,
    category: "repair",
    title: "Bicycle",
    places: [],
    createdAt: now,
    ...over,
  });
  const weights = { words: 1, place: 1, language: 1, near: 1 };
  const between = (offers: MatchListing[], requests: MatchListing[], metres: number | null) =>
    bestFit(
      {
        giver: { languages: ["Ελληνικά"], neighbourhood: "Old Town", offers },
        receiver: { languages: ["ελληνικα"], neighbourhood: "old  town", requests },
      },
      metres,
      weights,
    );

  it("chooses the offer and the request that match best", () => {
    const offers = [
      listing("a", { title: "Lamps" }),
      listing("b"),
      listing("c", { category: "care" }),
    ];
    const requests = [listing("x", { title: "My bicycle" }), listing("y", { title: "Chairs" })];
    const fit = between(offers, requests, null);
    expect([fit?.offer.id, fit?.request.id]).toEqual(["b", "x"]);
    expect(fit?.similarity).toEqual({ words: 1, place: 0, language: 1, near: 1 });
  });

  it("finds none without a common category", () => {
    expect(between([listing("a")], [listing("x", { category: "care" })], 10)).toBeNull();
    expect(between([], [listing("x")], 10)).toBeNull();
  });

  it("uses the distance if it is known", () => {
    const near = (metres: number) =>
      between([listing("a")], [listing("x")], metres)?.similarity.near;
    expect([near(0), near(800), near(-5)]).toEqual([1, 0.5, 1]);
    expect(near(5000)).toBeLessThan(0.2);
  });
});
