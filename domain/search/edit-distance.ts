/** Finds words that were misspelled in a search. */

import { isUnspaced } from "../kernel/words";

/** The edits allowed in a word of this length. */
const maxEdits = (length: number): number =>
  length < 4 ? 0 : length < 6 ? 1 : length < 10 ? 2 : 3;

/**
 * The edits between two words: letters left out, added or replaced, or two neighbours swapped (optimal
 * string alignment, a restricted Damerau–Levenshtein distance).
 * @returns `max` + 1 for any larger distance
 */
export function editDistance(one: string, other: string, max: number): number {
  const [a, b] = [[...one], [...other]];
  if (Math.abs(a.length - b.length) > max) return max + 1;
  return Math.min(editsByEnd(a, b, false).at(-1) ?? 0, max + 1);
}

/** The edits between a word and the nearest part of a text (Sellers, 1980). */
const editsToNearestPart = (word: string, text: string): number =>
  Math.min(...editsByEnd([...word], [...text], true));

/**
 * @param isAnywhere whether letters of `b` before the match are free
 * @returns for each position in `b`, the edits between `a` and the text that ends there
 */
function editsByEnd(a: string[], b: string[], isAnywhere: boolean): number[] {
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

/** The edits between a word and another one, or its beginning; null if there are too many. */
function editsToPrefix(word: string, written: string): number | null {
  // Decomposed, so that one wrong letter of a Korean syllable, or mark of a kana, is one edit.
  const [one, other] = [word.normalize("NFD"), written.normalize("NFD")];
  if (isUnspaced(written)) {
    const max = maxEditsUnspaced(word, one);
    const edits = editsToNearestPart(one, other);
    return edits <= max ? edits : null;
  }
  if (other.startsWith(one)) return 0;
  const max = maxEdits([...one].length);
  // The whole word, or as many of its letters as were typed.
  const prefix = [...other].slice(0, [...one].length).join("");
  const edits = Math.min(editDistance(one, other, max), editDistance(one, prefix, max) + 0.5);
  return edits <= max ? edits : null;
}

/** A Chinese character carries as much meaning as two or three letters. */
const maxEditsUnspaced = (word: string, letters: string): number =>
  /^\p{Script=Han}{3,}$/u.test(word) ? 1 : maxEdits([...letters].length);

/**
 * The edits between all words of a search and a text, or null if one of the words is not in it. Both
 * are folded.
 * @param cache distances of pairs of words, for many texts with the same words
 */
export function totalEditDistance(
  words: readonly string[],
  text: string,
  cache = new Map<string, number | null>(),
): number | null {
  const written = text.split(/\s+/).filter(Boolean);
  let sum = 0;
  for (const word of words) {
    const edits = written.flatMap((each) => {
      const pair = `${word} ${each}`;
      const cached = cache.get(pair);
      if (cached !== undefined) return cached ?? [];
      const distance = editsToPrefix(word, each);
      cache.set(pair, distance);
      return distance ?? [];
    });
    if (edits.length === 0) return null;
    sum += Math.min(...edits);
  }
  return sum;
}
