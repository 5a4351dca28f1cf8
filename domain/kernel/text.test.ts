import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { personName } from "../member/schema";
import { line, lines, someLines } from "./input";
import { cleanLine, cleanText, isVisible, lengthOf } from "./text";

const INVISIBLE: Record<string, string> = {
  "zero width space": "\u200B",
  "Hangul filler": "\u3164",
  "half-width Hangul filler": "\uFFA0",
  "Hangul choseong filler": "\u115F",
  "soft hyphen": "\u00AD",
  "Braille blank": "\u2800",
  "zero width joiner": "\u200D",
  "zero width non-joiner": "\u200C",
  "word joiner": "\u2060",
  "tag space": "\u{E0020}",
  "left-to-right and right-to-left marks": "\u200E\u200F",
  "Arabic letter mark": "\u061C",
  "combining grapheme joiner": "\u034F",
  "variation selectors": "\uFE0F\uFE00\u{E0100}",
  "Mongolian vowel separator": "\u180E",
  "override and isolate": "\u202E\u2066",
  "invisible times": "\u2062",
  "object replacement character": "\uFFFC",
  "interlinear annotation": "\uFFF9",
  "musical null notehead": "\u{1D159}",
  "hieroglyphic blank": "\u{13441}",
  "private use": "\uE000",
  "line and paragraph separator": "\u2028\u2029",
  "marks on nothing": "\u0301\u20DD",
};

describe("an invisible character", () => {
  it.each(Object.entries(INVISIBLE))("is removed: %s", (_, unseen) => {
    expect(cleanText(unseen.repeat(3))).toBe("");
    expect(cleanLine(`Rosa ${unseen} Marchetti`)).toBe("Rosa Marchetti");
    expect(isVisible(cleanText(`a${unseen}b`))).toBe(true);
  });

  it.each(Object.entries(INVISIBLE))(
    "does not count as text in a required field: %s",
    (_, unseen) => {
      for (const shape of [line(1, 60), line(3, 90), someLines(100), personName]) {
        expect(shape.safeParse(unseen.repeat(3)).success).toBe(false);
      }
      expect(line(0, 60).parse(unseen)).toBe("");
      expect(lines(60).parse(unseen)).toBe("");
    },
  );

  it("is removed from within a name", () => {
    for (const unseen of ["\u200B", "\u00AD", "\u200D", "\u{E0041}", "\u202E"]) {
      expect(cleanLine(`Ro${unseen}sa`)).toBe("Rosa");
    }
  });
});

describe("joiners and selectors", () => {
  it.each([
    ["Persian", "می‌خواهم"],
    ["the Hijri year", "۱۴۴۵ ه‍ عام"],
    ["Sinhala", "ශ්‍රී ලංකා"],
    ["Hindi", "क्‍ष"],
    ["an old Malayalam chillu", "അവന്‍"],
    ["a family", "👩‍👩‍👧‍👦"],
    ["a profession with a skin tone", "👩🏽‍⚕️"],
    ["a heart in colours", "❤️"],
    ["a key", "1️⃣"],
    ["a rainbow flag", "🏳️‍🌈"],
    ["the flag of Wales", "🏴\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}"],
    ["a Japanese family name", "葛\u{E0100}城"],
    ["Mongolian", "ᠠ\u180Bᠨ"],
  ])("stay if the script or the emoji needs them: %s", (_, text) => {
    expect(cleanLine(text)).toBe(text.normalize("NFC"));
  });

  it("are removed everywhere else", () => {
    expect(cleanLine("a\u200Db\u200Cc")).toBe("abc");
    expect(cleanLine("سلام\u200C")).toBe("سلام");
    expect(cleanLine("\u200Dسلام")).toBe("سلام");
    expect(cleanLine("a\uFE0F")).toBe("a");
    expect(cleanLine("12\uFE0F")).toBe("12");
    expect(cleanLine("🏴\u{E0067}\u{E0062}\u{E007F}")).toBe("🏴");
  });
});

describe("combining marks", () => {
  it("are limited to as many on one letter as writing needs", () => {
    expect(lengthOf(cleanLine(`Z${"\u0335".repeat(50)}algo`))).toBeLessThanOrEqual(10);
    for (const text of ["Việt", "שָׁלוֹם", "بِسْمِ ٱللَّٰهِ", "น้ำใจ", "བསྒྲུབས"]) {
      expect(cleanLine(text)).toBe(text.normalize("NFC"));
    }
  });
});

describe("cleaning", () => {
  it("changes nothing the second time, also with hostile text", () => {
    const pieces = [
      ...Object.values(INVISIBLE),
      "a",
      "م",
      "क",
      "्",
      "👩",
      "1",
      "\u20E3",
      "\u0301",
      " ",
      "\n",
      "葛",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
        const clean = cleanText(parts.join(""));
        expect(cleanText(clean)).toBe(clean);
        const one = cleanLine(parts.join(""));
        expect(cleanLine(one)).toBe(one);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a person's name", () => {
  it("must have a letter, a number or a picture", () => {
    for (const name of [
      "Rosa",
      "Ñandú 2",
      "东京",
      "🌻",
      "مريم",
      "O'Brien",
      "J.R.R. Tolkien",
      "Dr. Smith",
    ]) {
      expect(personName.parse(name)).toBe(name);
    }
    for (const name of [".", "—", "¨ ´", "…"])
      expect(personName.safeParse(name).success).toBe(false);
  });

  it("must not be a URL or an e-mail address", () => {
    for (const name of [
      "https://evil.example/login please sign in",
      "Visit evil.com",
      "WWW.EVIL.EXAMPLE",
      "EVIL.COM",
      "evil。com now",
      "evil.example",
      "t.co/abc",
      "rosa@example.org",
      "mailto:x",
      "javascript:alert",
      "e\u200Bvil.com",
    ]) {
      expect([name, personName.safeParse(name).success]).toEqual([name, false]);
    }
  });
});
