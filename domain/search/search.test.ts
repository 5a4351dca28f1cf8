import { describe, expect, it } from "vitest";
import { emptySearch, hasFilters, searchOf, wordsOf } from "./search";

describe("a search", () => {
  it("asks for something as soon as one thing is chosen", () => {
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

  it("that was kept asks for nothing that is not known any more", () => {
    const kept = { words: "a", kind: "offer", category: "care", places: ["mine"], spoken: "" };
    const near = { ...kept, within: 3, availableOn: 5 };
    expect(searchOf(near)).toEqual(near);
    expect(
      searchOf({
        ...kept,
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
