/** What a person may be called. */

/** Characters. */
export const MAX_PERSON_NAME = 60;

/** Whether there is something to call somebody by: a letter, a number or a picture. */
export const hasNameLetters = (name: string): boolean => SPOKEN.test(name);
const SPOKEN = /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u;

/**
 * The first letters of the first and the last word, by code point, so that none is cut in half. What
 * stands in brackets or begins with another sign counts only where there is nothing else.
 */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const spoken = words.filter((word) => SPOKEN.test(Array.from(word)[0] ?? ""));
  const [first = "", ...rest] = spoken.length > 0 ? spoken : words;
  return [first, rest.at(-1) ?? ""].map((word) => capital(INITIAL.exec(word)?.[0] ?? "")).join("");
}
/** Two regional indicators are one flag. */
const INITIAL = new RegExp(`\\p{Regional_Indicator}{2}|${SPOKEN.source}`, "u");
/** Georgian has capital letters in headlines only, and few fonts have them. */
const capital = (letter: string): string =>
  /\p{Script=Georgian}/u.test(letter) ? letter : letter.toUpperCase();

/** The dots that browsers take for one in an address. */
const DOTS = /[\u3002\uFF0E\uFF61\u2024]/g;
const SCHEME = /:\/\/|\b(?:https?|mailto|javascript|data|tel|ftp):/i;
/** Lower-case letters after the dot, as addresses are written and "Dr.Smith" is not. */
const HOST = /[\p{L}\p{N}-]{2,}\.\p{Ll}{2,}/u;
const KNOWN_HOST =
  /[\p{L}\p{N}-]\.(?:com|net|org|edu|gov|info|biz|example|test|app|dev|site|shop|online|link|click|top|xyz|live|club|vip|icu|cc|co|io|me|ly|gl|ru|cn|de|es|uk|eu)(?![\p{L}\p{N}])/iu;

/** Whether mail programs would turn a part of it into a link. */
export function namesAnAddress(name: string): boolean {
  const text = name.normalize("NFKC").replace(DOTS, ".");
  return SCHEME.test(text) || HOST.test(text) || KNOWN_HOST.test(text) || /\bwww\./i.test(text);
}
