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

function withoutMarks(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "");
}

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
const wordsOf = (name: string): { whole: string; bare: string }[] =>
  name
    .normalize("NFKC")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => /\p{L}/u.test(word))
    .map((whole) => ({ whole, bare: whole.replace(/^\p{N}+|\p{N}+$/gu, "") }));

/** "MARIA" looks like "Maria" by its letters, and "CarIa" like "Carla" by its shape: both count. */
function skeletonsOf(name: string): Set<string> {
  const words = wordsOf(name).filter(({ bare }) => !ROLE_WORDS.has(roleOf(bare)));
  const spellings = [words.map(({ whole }) => whole), words.map(({ bare }) => bare)];
  return new Set(
    spellings
      .map((each) => each.join(""))
      .flatMap((text) => [letters(text), letters(text.toLowerCase())])
      .filter((text) => text !== ""),
  );
}

/** Whether the two would be taken for one another. */
export function looksLike(name: string, other: string): boolean {
  const skeletons = skeletonsOf(other);
  return [...skeletonsOf(name)].some((skeleton) => skeletons.has(skeleton));
}

/** Whether a name says that its bearer looks after the community. */
export const claimsRole = (name: string): boolean =>
  wordsOf(name).some(({ whole, bare }) =>
    [whole, bare].some((word) => ROLE_WORDS.has(roleOf(word))),
  );
