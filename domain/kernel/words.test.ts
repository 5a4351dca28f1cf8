import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldedWords, isUnspaced, letterPairs } from "./words";

/** Letters, marks, digits, joiners and separators of many scripts, and anything else. */
const piece = fc.oneof(
  fc.constantFrom(
    ..."aIİıßéñđøшёйΣςώأةىکیگ־צםणज़ँกำ上〇日がガ자ﾊﾟ०१٢۳５ⅣﬃÆʼ'’-·_.,;! \u00AD\u200B\u200C\u200D\u0301\u064B",
    // Nasals that are joined, chillus, vowels of Thai, Armenian signs, strokes, Ethiopic.
    ..."न्तम्पক্ষৎങ്കൻเแํ้՞աײߺߒሥፀሃဥ်្ដ´`′“”",
  ),
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
);
const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));

describe("foldedWords", () => {
  it.each([
    ["Straßen-Fest", "strassen fest"],
    ["İSTANBUL ISPARTA ışık", "istanbul isparta isik"],
    ["ΜΑΘΗΜΑΤΟΣ", "μαθηματοσ"],
    ["Ёлка Йога", "елка иога"],
    ["ﬃ ＡＢＣ ½", "ffi abc 1 2"],
    ["Ge\u00ADsamt\u200Bkonzept", "gesamtkonzept"],
    ["می\u200Cخواهید", "مي خواهيد"],
    ["أَهلاً بِكُـــم", "اهلا بكم"],
    ["אֲנָשִׁים", "אנשימ"],
    ["नमस्ते ज़रा गाँव", "नमस्ते जरा गांव"],
    ["١٢٣ ۱۲۳ १२३ ๑๒๓", "123 123 123 123"],
    ["教你3D打印", "教你 3d 打印"],
    ["ｶﾞｷﾞ", "がぎ"],
    ["Ո՞վ է", "ով է"],
    ["ߒߺߞߏ", "ߒߞߏ"],
    ["हिन्दी हिंदी पम्प", "हिंदी हिंदी पंप"],
    ["রঙ্গ সঙ্গীত উৎসব", "রংগ সংগীত উত্সব"],
    ["അവൻ അവന്\u200D", "അവന് അവന്"],
    ["เเม่ นํ้า น้ำ", "แม่ น้ํา น้ํา"],
    ["ሥርዓት ፀሐይ", "ስርአት ጸሀይ"],
    ["ײִדיש", "יידיש"],
    ["রঙ রং বাঙলা বাঙালি", "রং রং বাংলা বাঙালি"],
    ["नये नए गयी", "नए नए गई"],
    ["ԵՐԵՎԱՆ Երևան", "երեվան երեվան"],
    ["Ɓauna ŋ Ə", "bauna n e"],
    ["\u0301a _b_ 🚲", "a b"],
    ["!? ", ""],
  ])("%s: %s", (given, words) => {
    expect(foldedWords(given).join(" ")).toBe(words);
  });

  it("changes nothing the second time", () =>
    fc.assert(
      fc.property(text, (given) => {
        const words = foldedWords(given);
        expect(foldedWords(words.join(" "))).toEqual(words);
      }),
      { numRuns: 2000 },
    ));

  it("gives the same for upper and lower case, composed and decomposed", () =>
    fc.assert(
      fc.property(text, (given) => {
        expect(foldedWords(given.normalize("NFD"))).toEqual(foldedWords(given));
        expect(foldedWords(given.toLowerCase())).toEqual(foldedWords(given));
      }),
      { numRuns: 2000 },
    ));

  it("leaves no separator or invisible character, and starts words with a letter or digit", () =>
    fc.assert(
      fc.property(text, (given) => {
        for (const word of foldedWords(given)) {
          expect(word).toMatch(/^[\p{L}\p{Nd}〇][\p{L}\p{M}\p{Nd}〇]*$/u);
          expect(word).not.toMatch(/\p{Default_Ignorable_Code_Point}/u);
        }
      }),
      { numRuns: 2000 },
    ));

  it("neither joins nor splits words at an invisible character", () =>
    fc.assert(
      fc.property(text, fc.nat(), (given, place) => {
        const letters = [...given.normalize("NFC")];
        letters.splice(place % (letters.length + 1), 0, "\u00AD");
        expect(foldedWords(letters.join("")).join("")).toBe(foldedWords(given).join(""));
      }),
      { numRuns: 500 },
    ));
});

describe("scripts without spaces", () => {
  it("are recognised", () => {
    expect(["上海", "会話", "ไทย", "ខ្មែរ", "자전거"].every(isUnspaced)).toBe(true);
    expect(["chess", "шахматы", "دراجه", "साइकिल", "3d"].some(isUnspaced)).toBe(false);
  });

  it("are compared by pairs of letters", () => {
    expect(letterPairs("在上海")).toEqual(["在上", "上海"]);
    expect(letterPairs("海")).toEqual([]);
  });
});
