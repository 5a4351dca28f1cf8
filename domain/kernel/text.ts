/**
 * Cleans text by members. Invisible characters are removed rather than refused: they come along with
 * pasted text, and nobody types them on purpose. Letters of every script and emoji stay.
 */

/**
 * Control characters, Unicode's default-ignorable code points (joiners, bidi controls, tags, variation
 * selectors, Hangul fillers), private use and noncharacters; and invisible characters outside these
 * classes: blanks of Braille, music and Egyptian hieroglyphs, anchors of annotations and objects.
 */
const INVISIBLE =
  /(?![\t\n])[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Co}\p{Noncharacter_Code_Point}\u2800\uFFF9-\uFFFC\u{13430}-\u{13440}\u{13441}\u{13442}\u{1D159}]/gu;

const ZWNJ = "\u200C";
const ZWJ = "\u200D";
/** The flags of England, Scotland and Wales: the only tag sequences in general use. */
const FLAG_TAGS =
  /\u{1F3F4}\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}/gu;

/** Scripts whose letters join or stack, and which use joiners to change that. */
const JOINING =
  /[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mand}\p{scx=Nkoo}\p{scx=Adlm}\p{scx=Mong}\p{scx=Phag}\p{scx=Rohg}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}\p{scx=Java}\p{scx=Bali}]/u;
const LETTER_OR_MARK = /[\p{L}\p{M}]/u;
const VIRAMA =
  /[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D3B\u0D3C\u0D4D\u0DCA\u1039\u103A\u17D2\u1B44\uA9C0]/u;
const PICTURE = /\p{Extended_Pictographic}/u;
const AFTER_PICTURE = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F/u;

const joins = (letter: string) =>
  letter !== "" && JOINING.test(letter) && LETTER_OR_MARK.test(letter);

/** Whether an invisible character between these two has an effect. */
function isNeeded(char: string, before: string, after: string): boolean {
  if (char === ZWJ && AFTER_PICTURE.test(before) && PICTURE.test(after)) return true;
  if (char === ZWNJ || char === ZWJ) {
    if (VIRAMA.test(before)) return true;
    // "ه‍", the Hijri year, ends in a joiner; a non-joiner at the end has no effect.
    return joins(before) && (joins(after) || (char === ZWJ && /\p{scx=Arab}/u.test(before)));
  }
  // Emoji or text presentation, and keycaps: "❤️", "1️⃣".
  if (char === "\uFE0E" || char === "\uFE0F") {
    return PICTURE.test(before) || (/[0-9#*]/.test(before) && after === "\u20E3");
  }
  // Variants of a Chinese character, as in Japanese family names; of a Mongolian letter.
  if (/[\uFE00-\uFE02\u{E0100}-\u{E01EF}]/u.test(char)) return /\p{Script=Han}/u.test(before);
  if (/[\u180B-\u180D\u180F]/.test(char)) return /\p{Script=Mong}/u.test(before);
  return false;
}

/** The code point that ends, or starts, at an index. */
const before = (text: string, at: number): string =>
  [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? "";
const after = (text: string, at: number): string => {
  const code = text.codePointAt(at);
  return code === undefined ? "" : String.fromCodePoint(code);
};

function withoutInvisible(text: string): string {
  const flags = [...text.matchAll(FLAG_TAGS)].map(({ index, 0: { length } }) => [
    index,
    index + length,
  ]);
  return text.replace(INVISIBLE, (char, at: number) => {
    if (flags.some(([start = 0, end = 0]) => at > start && at < end)) return char;
    return isNeeded(char, before(text, at), after(text, at + char.length)) ? char : "";
  });
}

/** Combining marks on one letter: pointed Hebrew and Vietnamese need no more. */
const MAX_MARKS = 5;
const TOO_MANY_MARKS = new RegExp(`(\\p{M}{${MAX_MARKS}})\\p{M}+`, "gu");
/** Combining marks without a letter would be drawn on the text before. */
const MARKS_WITHOUT_BASE = /(?<=^|\s)[\p{M}\u200C\u200D]+/gu;

const cleanOnce = (text: string): string =>
  withoutInvisible(text.replace(MARKS_WITHOUT_BASE, ""))
    .replace(TOO_MANY_MARKS, "$1")
    .normalize("NFC")
    .trim();

/** Cleans a text of several lines; lines end in \n. */
export function cleanText(raw: string): string {
  let text = raw
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "")
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .normalize("NFC");
  // A removed character may make its neighbour removable: repeat until nothing changes.
  for (;;) {
    const cleaned = cleanOnce(text);
    if (cleaned === text) return text;
    text = cleaned;
  }
}

/** Cleans a text of one line: any run of white space becomes one space. */
export const cleanLine = (raw: string): string => cleanText(raw).replace(/\s+/gu, " ");

/** Whether a cleaned text has a visible character. */
export const isVisible = (text: string): boolean => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);

/** The length in code points, close to what a person would count. */
export const lengthOf = (text: string): number => [...text].length;
