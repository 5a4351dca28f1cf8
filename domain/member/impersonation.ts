/** Names that look like a coordinator's: compared by Unicode's skeletons (UTS #39), without decoration. */
import unhomoglyph from "unhomoglyph";

/** Words for coordinators in the languages of the interface, in lower case and without marks. */
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

/** Removes combining marks and the Arabic tatweel. */
function withoutMarks(text: string): string {
  return text.normalize("NFKD").replace(/[\p{M}\u0640]/gu, "");
}

/**
 * The first of 26 symbols that look like the letters A to Z: in circles and in squares; and the
 * regional indicators, of which flags are made.
 */
const CONFUSABLE_SYMBOLS = [0x1f150, 0x1f170];
const FLAGS = 0x1f1e6;

/** Replaces such symbols by letters: "🅒arla", "Coordin@tor". */
const withLetters = (name: string, alphabets: readonly number[]): string =>
  Array.from(name.replaceAll("@", "a"), (symbol) => {
    const code = symbol.codePointAt(0) ?? 0;
    const first = alphabets.find((start) => code >= start && code < start + 26);
    return first === undefined ? symbol : String.fromCharCode(65 + code - first);
  }).join("");

/** A symbol may decorate a name or stand for a letter: both readings count. */
const readingsOf = (name: string): string[] => [
  ...new Set([
    name,
    withLetters(name, CONFUSABLE_SYMBOLS),
    withLetters(name, [...CONFUSABLE_SYMBOLS, FLAGS]),
  ]),
];

/** The letters that a text looks like, regardless of script, case, marks and decoration. */
function letters(text: string): string {
  const plain = unhomoglyph(withoutMarks(text)).toLowerCase();
  return withoutMarks(unhomoglyph(plain)).replace(/[^\p{L}]/gu, "");
}

/** The digit 1 looks like i and like l, which are therefore equal here. */
function roleOf(word: string): string {
  return letters(word.toLowerCase()).replaceAll("l", "i");
}

/** The words of a name that have letters, each with and without digits around it. */
const splitWords = (name: string): { whole: string; bare: string }[] =>
  name
    .normalize("NFKC")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => /\p{L}/u.test(word))
    .map((whole) => ({ whole, bare: whole.replace(/^\p{N}+|\p{N}+$/gu, "") }));

const skeletonsOf = (name: string): Set<string> =>
  new Set(readingsOf(name).flatMap(skeletonsAsRead));

/** "MARIA" equals "Maria" by its letters, and "CarIa" equals "Carla" by its shape: both count. */
function skeletonsAsRead(name: string): string[] {
  const words = splitWords(name).filter(({ bare }) => !ROLE_WORDS.has(roleOf(bare)));
  const spellings = [words.map(({ whole }) => whole), words.map(({ bare }) => bare)];
  return spellings
    .map((each) => each.join(""))
    .flatMap((text) => [letters(text), letters(text.toLowerCase())])
    .filter((text) => text !== "");
}

/** Whether two names could be confused. */
export function looksLike(name: string, other: string): boolean {
  const skeletons = skeletonsOf(other);
  return [...skeletonsOf(name)].some((skeleton) => skeletons.has(skeleton));
}

/** The fewest letters of a role that is searched across several words: "Ad Min" may be a name. */
const MIN_SPLIT_ROLE_LETTERS = 8;

/** Whether adjacent words together spell a role: "Co-ordinator", "C o o r d i n a t o r". */
const spellRole = (words: string[]): boolean =>
  words.some((_, from) => {
    let together = "";
    return words.slice(from).some((word) => {
      together += word;
      return together.length >= MIN_SPLIT_ROLE_LETTERS && ROLE_WORDS.has(together);
    });
  });

const claimsAsRead = (name: string): boolean => {
  const words = splitWords(name).map(({ whole, bare }) => [roleOf(whole), roleOf(bare)]);
  return (
    words.some((word) => word.some((each) => ROLE_WORDS.has(each))) ||
    spellRole(words.map(([whole = ""]) => whole))
  );
};

/** Whether a name contains a word for coordinators. */
export const claimsRole = (name: string): boolean => readingsOf(name).some(claimsAsRead);
