import { describe, expect, it } from "vitest";
import { initialsOf } from "./person-name";

describe("initialsOf", () => {
  it.each([
    ["Bo Hören (A+)", "BH"],
    ["Rosa Marchetti", "RM"],
    ["Rosa", "R"],
    ["  ömer   özil ", "ÖÖ"],
    ["«Nina» Novak", "N"],
    ["(Tim)", "T"],
    ["Ana «la de la esquina»", "AE"],
    ["فاطمة الزهراء", "فا"],
    ["😀 Smile", "😀S"],
    ["𝒜da 𝓛ove", "𝒜𝓛"],
    ["გიორგი ბერიძე", "გბ"],
    ["ани ёлкина", "АЁ"],
    ["🇩🇪 Anna", "🇩🇪A"],
  ])("takes letters only: %s: %s", (name, initials) => expect(initialsOf(name)).toBe(initials));
});
