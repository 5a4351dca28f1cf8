/** Names that look like a coordinator's: Unicode's skeletons (UTS #39), without decoration. */
import unhomoglyph from "unhomoglyph";

/** What coordinators are called, in the languages of the interface; without marks, lower case. */
const ROLE_WORDS = new Set(
  [
    "coordinator coordinators coordination admin admins administrator administration moderator",
    "moderators official sysadmin webmaster",
    "coordinador coordinadora coordinadores coordinadoras coordinacion administrador",
    "administradora administracion moderador moderadora oficial",
    "منسق منسقة المنسق المنسقة منسقو المنسقون ادمن الادمن الادارة مسؤول المسؤول",
  ]
    .join(" ")
    .split(" ")
    .map(roleOf),
);

/** Without marks, and without the stroke that lengthens Arabic words. */
function withoutMarks(text: string): string {
  return text.normalize("NFKD").replace(/[\p{M}\u0640]/gu, "");
}

/**
 * The first of 26 signs that are drawn as the letters A to Z, and that Unicode calls no letters: in
 * circles and in squares; and those of which flags are made.
 */
const CONFUSABLE_SYMBOLS = [0x1f150, 0x1f170];
const FLAGS = 0x1f1e6;

/** A name with such signs written as letters: "🅒arla", "Coordin@tor". */
const spelled = (name: string, alphabets: readonly number[]): string =>
  Array.from(name.replaceAll("@", "a"), (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    const first = alphabets.find((start) => code >= start && code < start + 26);
    return first === undefined ? sign : String.fromCharCode(65 + code - first);
  }).join("");

/** A sign beside a name is no part of it, and one instead of a letter is: both count. */
const readingsOf = (name: string): string[] => [
  ...new Set([
    name,
    spelled(name, CONFUSABLE_SYMBOLS),
    spelled(name, [...CONFUSABLE_SYMBOLS, FLAGS]),
  ]),
];

/** The letters that a text looks like, whatever their script, case, marks and decoration. */
function letters(text: string): string {
  const plain = unhomoglyph(withoutMarks(text)).toLowerCase();
  return withoutMarks(unhomoglyph(plain)).replace(/[^\p{L}]/gu, "");
}

/** A digit one stands for either of two letters. */
function roleOf(word: string): string {
  return letters(word.toLowerCase()).replaceAll("l", "i");
}

/** The words of a name that have letters; each with and without what stands around them. */
const splitWords = (name: string): { whole: string; bare: string }[] =>
  name
    .normalize("NFKC")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => /\p{L}/u.test(word))
    .map((whole) => ({ whole, bare: whole.replace(/^\p{N}+|\p{N}+$/gu, "") }));

const skeletonsOf = (name: string): Set<string> =>
  new Set(readingsOf(name).flatMap(skeletonsAsRead));

/** "MARIA" looks like "Maria" by its letters, and "CarIa" like "Carla" by its shape: both count. */
function skeletonsAsRead(name: string): string[] {
  const words = splitWords(name).filter(({ bare }) => !ROLE_WORDS.has(roleOf(bare)));
  const spellings = [words.map(({ whole }) => whole), words.map(({ bare }) => bare)];
  return spellings
    .map((each) => each.join(""))
    .flatMap((text) => [letters(text), letters(text.toLowerCase())])
    .filter((text) => text !== "");
}

/** Whether the two would be taken for one another. */
export function looksLike(name: string, other: string): boolean {
  const skeletons = skeletonsOf(other);
  return [...skeletonsOf(name)].some((skeleton) => skeletons.has(skeleton));
}

/** Letters of the shortest role that is looked for across several words: "Ad Min" is somebody's name. */
const LONG_ROLE = 8;

/** Whether words in a row, put together, are a role: "Co-ordinator", "C o o r d i n a t o r". */
const spellRole = (words: string[]): boolean =>
  words.some((_, from) => {
    let together = "";
    return words.slice(from).some((word) => {
      together += word;
      return together.length >= LONG_ROLE && ROLE_WORDS.has(together);
    });
  });

const claimsAsRead = (name: string): boolean => {
  const words = splitWords(name).map(({ whole, bare }) => [roleOf(whole), roleOf(bare)]);
  return (
    words.some((word) => word.some((each) => ROLE_WORDS.has(each))) ||
    spellRole(words.map(([whole = ""]) => whole))
  );
};

/** Whether a name says that its bearer looks after the community. */
export const claimsRole = (name: string): boolean => readingsOf(name).some(claimsAsRead);
