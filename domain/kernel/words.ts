/** Folds text to words that can be compared: the same rules as `fold` in the database (prisma/sql/fold.sql). */

/** Scripts without spaces between words, and Korean, which appends particles to words. */
const unspaced = [
  "\\u0E01-\\u0E3A\\u0E40-\\u0E4E\\u0E81-\\u0ECE\\u0EDC-\\u0EDF\\u1000-\\u103F",
  "\\u1050-\\u108F\\u109A-\\u109D\\u1780-\\u17D3\\u17DC\\u17DD\\u3005-\\u3007",
  "\\u3041-\\u309F\\u30A1-\\u30FA\\u30FC-\\u30FF\\u3105-\\u312F\\u31F0-\\u31FF",
  "\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uA9E0-\\uA9EF\\uA9FA-\\uA9FE\\uAA60-\\uAA7F",
  "\\uAC00-\\uD7A3\\uF900-\\uFAFF\\u{20000}-\\u{3FFFF}",
].join("");
const UNSPACED = new RegExp(`[${unspaced}]+`, "gu");

/**
 * Not the zero width non-joiner, which separates the parts of a Persian word. Includes strokes that only
 * lengthen a word (Arabic, N'Ko, Mongolian), and Armenian signs of questions and stress.
 */
const INVISIBLE =
  /(?!\u200C)\p{Default_Ignorable_Code_Point}|[\u0640\u07FA\u180A\u055B\u055C\u055E]/gu;

/** Everything but letters, marks and digits; 〇 is a number in Unicode, and a letter in Chinese. */
const SEPARATORS = /[^\p{L}\p{M}\p{Nd}〇]+|[ʼʻʹ]+/gu;

/** Marks that people leave out when they type: accents, points, the Indic nukta. */
const accents = [
  "\\u0300-\\u036F\\u0483-\\u0489\\u0591-\\u05BD\\u05BF\\u05C1\\u05C2\\u05C4\\u05C5\\u05C7",
  "\\u0610-\\u061A\\u064B-\\u065F\\u0670\\u06D6-\\u06DC\\u06DF-\\u06E4\\u06E7\\u06E8",
  "\\u06EA-\\u06ED\\u0730-\\u074A\\u0897-\\u089F\\u08CA-\\u08E1\\u08E3-\\u08FF\\u093C",
  "\\u09BC\\u0A3C\\u0ABC\\u0B3C\\u0C3C\\u0CBC\\u1AB0-\\u1ADD\\u1AE0-\\u1AEB\\u1DC0-\\u1DFF",
  "\\u20D0-\\u20F0",
].join("");
const ACCENTS = new RegExp(`[${accents}]+`, "gu");

const pairs = (from: string, to: string): [string, string][] => {
  const others = [...to];
  return [...from].map((letter, place) => [letter, others[place] ?? ""]);
};

/** Spelling variants of letters that Unicode does not decompose. */
const SAME = new Map<string, string>([
  ["ß", "ss"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["þ", "th"],
  ...pairs("øđðłħıŧŋəɓɗƙƴɛɔɖςґ", "oddlhitnebdkyeodσг"),
  ...pairs("ٱىیېےۍ", "اييييي"),
  ...pairs("ةەہھۃکڪں", "هههههككن"),
  ...pairs("ךםןףץ", "כמנפצ"),
  // Armenian "և" has "եւ" for its letters and "ԵՎ" for its capitals.
  ["եւ", "եվ"],
  ["װ", "וו"],
  ["ױ", "וי"],
  ["ײ", "יי"],
  // Candrabindu, anusvara and tippi.
  ...pairs("\u0901\u0981\u0A01\u0A81\u0B01\u0A70", "\u0902\u0982\u0A02\u0A82\u0B02\u0A02"),
  // Bengali khanda ta and Malayalam chillus, which were written with a joiner.
  ["\u09CE", "\u09A4\u09CD"],
  ["\u0D7A", "\u0D23\u0D4D"],
  ["\u0D7B", "\u0D28\u0D4D"],
  ["\u0D7C", "\u0D30\u0D4D"],
  ["\u0D7D", "\u0D32\u0D4D"],
  ["\u0D7E", "\u0D33\u0D4D"],
  ["\u0D7F", "\u0D15\u0D4D"],
  // Two short vowels of Thai and Lao typed for a long one; letters of Burmese and Khmer that look the same.
  ["\u0E40\u0E40", "\u0E41"],
  ["\u0EC0\u0EC0", "\u0EC1"],
  ["\u1025\u103A", "\u1009\u103A"],
  ["\u17D2\u178A", "\u17D2\u178F"],
  // Ethiopic letters that sound the same, with their seven vowels.
  ...pairs("ሐሑሒሓሔሕሖኀኁኂኃኄኅኆሃ", "ሀሁሂሀሄህሆሀሁሂሀሄህሆሀ"),
  ...pairs("ሠሡሢሣሤሥሦዐዑዒዓዔዕዖኣ", "ሰሱሲሳሴስሶአኡኢአኤእኦአ"),
  ...pairs("ፀፁፂፃፄፅፆ", "ጸጹጺጻጼጽጾ"),
  // Katakana to hiragana, which is 96 code points before.
  ...Array.from({ length: 86 }, (_, place): [string, string] => [
    String.fromCodePoint(0x30a1 + place),
    String.fromCodePoint(0x3041 + place),
  ]),
]);
const SAMES = new RegExp(
  [
    ...[...SAME.keys()].filter((key) => key.length > 1),
    `[${[...SAME.keys()].filter((key) => key.length === 1).join("")}]`,
  ].join("|"),
  "gu",
);

const codes = (...places: number[]) => String.fromCodePoint(...places);

/**
 * A nasal joined to a consonant of its own row ("हिन्दी") is also written as anusvara ("हिंदी"), and N also
 * before consonants of other rows ("सेन्टर"): in Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Telugu and
 * Kannada, whose blocks have the same order.
 */
const NASALS = [0x900, 0x980, 0xa00, 0xa80, 0xb00, 0xc00, 0xc80].map((start) => {
  const range = (first: number, last: number) => `${codes(start + first)}-${codes(start + last)}`;
  const ownRow = (nasal: number) => range(nasal - 4, nasal - 1);
  const N = 40;
  const nasals = [25, 30, 35, N, 46];
  const rows = nasals.map((nasal) => {
    const before = nasal === N ? [...nasals.map(ownRow), range(54, 57)].join("") : ownRow(nasal);
    return `${codes(start + nasal, start + 77)}(?=[${before}])`;
  });
  const block = `[${codes(start)}-${codes(start + 127)}]`;
  return {
    joined: new RegExp(`(?<=${block})(?:${rows.join("|")})`, "gu"),
    anusvara: codes(start + 2),
  };
});
const INDIC = /[\u0900-\u0CFF]/;

const foldIndic = (text: string): string =>
  INDIC.test(text)
    ? NASALS.reduce((folded, { joined, anusvara }) => folded.replace(joined, anusvara), text)
        // Bengali "রঙ" and "রং"; Hindi "नये" and "नए", "गयी" and "गई".
        .replace(/(?<=[\u0980-\u09FF])\u0999(?![\u09BE-\u09CD])/g, "\u0982")
        .replace(/(?<=[\u0900-\u097F])\u092F\u0947/g, "\u090F")
        .replace(/(?<=[\u0900-\u097F])\u092F\u0940/g, "\u0908")
    : text;

/** The ring of Thai and Lao "am" can be typed before or after a tone mark. */
const RING_AND_TONE = /([\u0E4D\u0ECD])([\u0E48-\u0E4B\u0EC8-\u0ECB])(?=[\u0E32\u0EB2])/g;

const DIGIT = /\p{Nd}/u;

/** Unicode has the ten digits of each script in a row. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (DIGIT.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}

/** The folded words of a text: words that look the same, or differ by accents only, are equal. */
export function foldedWords(text: string): string[] {
  const folded = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(INVISIBLE, "")
    .replace(/(?![0-9])\p{Nd}/gu, asciiDigit)
    .replace(UNSPACED, " $& ")
    .replace(SEPARATORS, " ")
    .replace(/(^| )[ \p{M}]+/gu, "$1")
    .normalize("NFD")
    .replace(ACCENTS, "")
    .replace(SAMES, (letter) => SAME.get(letter) ?? letter)
    .replace(RING_AND_TONE, "$2$1")
    .normalize("NFC");
  return foldIndic(folded).split(" ").filter(Boolean);
}

/** Whether a folded word is a run of text in a script without spaces between words. */
export const isUnspaced = (word: string): boolean => word.search(UNSPACED) === 0;

/** The pairs of adjacent letters of a word. */
export function letterPairs(word: string): string[] {
  const letters = [...word];
  return letters.slice(1).map((letter, place) => `${letters[place]}${letter}`);
}
