import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance, totalEditDistance } from "./edit-distance";

const word = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });

describe("editDistance", () => {
  it.each([
    ["bicycle", "bicycle", 0],
    ["bicycel", "bicycle", 1],
    ["bycicle", "bicycle", 2],
    ["piano", "pano", 1],
    ["", "ab", 2],
  ])("between %s and %s is %i", (one, other, edits) => {
    expect(editDistance(one, other, 9)).toBe(edits);
  });

  it("is zero between a word and itself, and symmetric", () =>
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(editDistance(one, one, 3)).toBe(0);
        expect(editDistance(one, other, 12)).toBe(editDistance(other, one, 12));
      }),
    ));

  it("is one for a missing letter", () =>
    fc.assert(
      fc.property(word, fc.nat(), (whole, at) => {
        const letters = [...whole];
        letters.splice(at % letters.length, 1);
        expect(editDistance(letters.join(""), whole, 3)).toBe(1);
      }),
    ));

  it("is at most one more than the maximum", () => {
    expect(editDistance("garden", "astrophysics", 2)).toBe(3);
    expect(editDistance("abcd", "wxyz", 2)).toBe(3);
  });
});

describe("totalEditDistance", () => {
  it("requires each word of the search, with few edits", () => {
    expect(totalEditDistance(["fixnig", "bicycels"], "fixing bicycles ana")).toBe(2);
    expect(totalEditDistance(["fixing", "pianos"], "fixing bicycles ana")).toBeNull();
  });

  it("accepts the beginning of a word", () => {
    expect(totalEditDistance(["reparasi"], "reparacion de bicicletas")).toBe(1.5);
    expect(totalEditDistance(["repar"], "reparacion de bicicletas")).toBe(0);
  });

  it("allows no edits in short words", () => {
    expect(totalEditDistance(["cat"], "car sharing")).toBeNull();
    expect(totalEditDistance(["cake"], "lake walks")).toBe(1);
  });
});
