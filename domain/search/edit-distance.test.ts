import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance, totalEditDistance } from "./edit-distance";

const word = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });

describe("slips between two words", () => {
  it.each([
    ["bicycle", "bicycle", 0],
    ["bicycel", "bicycle", 1],
    ["bycicle", "bicycle", 2],
    ["piano", "pano", 1],
    ["", "ab", 2],
  ])("%s and %s: %i", (one, other, slips) => {
    expect(editDistance(one, other, 9)).toBe(slips);
  });

  it("are none of a word and itself, and the same both ways", () =>
    fc.assert(
      fc.property(word, word, (one, other) => {
        expect(editDistance(one, one, 3)).toBe(0);
        expect(editDistance(one, other, 12)).toBe(editDistance(other, one, 12));
      }),
    ));

  it("one letter lost is one slip", () =>
    fc.assert(
      fc.property(word, fc.nat(), (whole, at) => {
        const letters = [...whole];
        letters.splice(at % letters.length, 1);
        expect(editDistance(letters.join(""), whole, 3)).toBe(1);
      }),
    ));

  it("are counted up to the most that matter", () => {
    expect(editDistance("garden", "astrophysics", 2)).toBe(3);
    expect(editDistance("abcd", "wxyz", 2)).toBe(3);
  });
});

describe("what was meant", () => {
  it("has each of the words, or nearly", () => {
    expect(totalEditDistance(["fixnig", "bicycels"], "fixing bicycles ana")).toBe(2);
    expect(totalEditDistance(["fixing", "pianos"], "fixing bicycles ana")).toBeNull();
  });

  it("may begin so", () => {
    expect(totalEditDistance(["reparasi"], "reparacion de bicicletas")).toBe(1.5);
    expect(totalEditDistance(["repar"], "reparacion de bicicletas")).toBe(0);
  });

  it("is not read into short words", () => {
    expect(totalEditDistance(["cat"], "car sharing")).toBeNull();
    expect(totalEditDistance(["cake"], "lake walks")).toBe(1);
  });
});
