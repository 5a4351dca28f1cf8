/** Which words people may have meant when they spelled them otherwise. */

import { isUnspaced } from "../kernel/words";

/** Slips of the pen that a word of this length may have. */
const editsIn = (length: number): number => (length < 4 ? 0 : length < 6 ? 1 : length < 10 ? 2 : 3);

/**
 * The slips between two words: letters left out, added, mistaken, or two neighbours swapped
 * (Damerau and Levenshtein, each part changed once).
 * @returns `most` + 1 for anything beyond
 */
export function editDistance(one: string, other: string, most: number): number {
  const [a, b] = [[...one], [...other]];
  if (Math.abs(a.length - b.length) > most) return most + 1;
  return Math.min(editsUpTo(a, b, false).at(-1) ?? 0, most + 1);
}

/** The slips between a word and whichever part of a text is nearest to it (Sellers, 1980). */
const editsWithin = (word: string, text: string): number =>
  Math.min(...editsUpTo([...word], [...text], true));

/**
 * @param isAnywhere whether letters of the other before the match cost nothing
 * @returns for each place in the other, the slips between the whole of one and what ends there
 */
function editsUpTo(a: string[], b: string[], isAnywhere: boolean): number[] {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => (isAnywhere ? 0 : column));
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      line[column] = Math.min(
        (last[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped && row > 1 && column > 1 ? (before[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    [before, last] = [last, line];
  }
  return last;
}

/** The slips between a word and what it may be the beginning of; null when it was not meant. */
function editsInto(word: string, written: string): number | null {
  // A slip in one letter of a Korean syllable, or in the mark of a Japanese one, is one slip.
  const [one, other] = [word.normalize("NFD"), written.normalize("NFD")];
  if (isUnspaced(written)) {
    const most = editsInRun(word, one);
    const slips = editsWithin(one, other);
    return slips <= most ? slips : null;
  }
  if (other.startsWith(one)) return 0;
  const most = editsIn([...one].length);
  // The whole word, or as many of its letters as were typed.
  const begun = [...other].slice(0, [...one].length).join("");
  const slips = Math.min(editDistance(one, other, most), editDistance(one, begun, most) + 0.5);
  return slips <= most ? slips : null;
}

/** A Chinese character says as much as two or three letters. */
const editsInRun = (word: string, letters: string): number =>
  /^\p{Script=Han}{3,}$/u.test(word) ? 1 : editsIn([...letters].length);

/**
 * How far a text is from what was looked for: the slips of all words together, or null when one of
 * them was not meant. Both are folded.
 * @param known what was counted already, for many texts of much the same words
 */
export function totalEditDistance(
  words: readonly string[],
  text: string,
  known = new Map<string, number | null>(),
): number | null {
  const written = text.split(/\s+/).filter(Boolean);
  let sum = 0;
  for (const word of words) {
    const slips = written.flatMap((each) => {
      const pair = `${word} ${each}`;
      const found = known.get(pair);
      if (found !== undefined) return found ?? [];
      const counted = editsInto(word, each);
      known.set(pair, counted);
      return counted ?? [];
    });
    if (slips.length === 0) return null;
    sum += Math.min(...slips);
  }
  return sum;
}
