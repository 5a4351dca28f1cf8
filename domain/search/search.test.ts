import { describe, expect, it } from "vitest";
import { emptySearch, hasFilters, searchOf, wordsOf } from "./search";

describe("a search", () => {
  it("has filters as soon as one is set", () => {
    expect(hasFilters(emptySearch)).toBe(false);
    for (const one of [
      { words: "a" },
      { kind: "offer" },
      { category: "care" },
      { within: 3 },
      { availableOn: 1 },
    ]) {
      expect(hasFilters({ ...emptySearch, ...(one as object) })).toBe(true);
    }
    expect(hasFilters({ ...emptySearch, places: ["mine"] })).toBe(true);
    expect(hasFilters({ ...emptySearch, spoken: "arabic" })).toBe(true);
  });

  it("drops saved values that no longer exist", () => {
    const saved = { words: "a", kind: "offer", category: "care", places: ["mine"], spoken: "" };
    const near = { ...saved, within: 3, availableOn: 5 };
    expect(searchOf(near)).toEqual(near);
    expect(
      searchOf({
        ...saved,
        kind: null,
        category: "alchemy",
        places: ["moon", "yours"],
        within: 2,
        availableOn: 8,
      }),
    ).toEqual({
      words: "a",
      kind: undefined,
      category: undefined,
      places: ["yours"],
      spoken: "",
      within: undefined,
      availableOn: undefined,
    });
  });

  it("has words of letters and digits, each once, at most six", () => {
    expect(wordsOf(" Fix my bike, fix-it! 3½ ")).toEqual(["fix", "my", "bike", "it", "31", "2"]);
    expect(wordsOf("नमस्ते دراجة")).toEqual(["नमस्ते", "دراجه"]);
    expect(wordsOf("a b c d e f g")).toHaveLength(6);
    expect(wordsOf("!? ")).toEqual([]);
  });
});
