/** Rules for a person's name, and its initials. */

/** In characters. */
export const MAX_PERSON_NAME = 60;

/** Whether a name has a letter, a number or a picture. */
export const hasNameLetters = (name: string): boolean => NAME_LETTER.test(name);
const NAME_LETTER = /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u;

/**
 * The first letters of the first and the last word, as whole code points. Words in brackets or with
 * another leading sign count only if there are no others.
 */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const named = words.filter((word) => NAME_LETTER.test(Array.from(word)[0] ?? ""));
  const [first = "", ...rest] = named.length > 0 ? named : words;
  return [first, rest.at(-1) ?? ""].map((word) => capital(INITIAL.exec(word)?.[0] ?? "")).join("");
}
/** Two regional indicators are one flag. */
const INITIAL = new RegExp(`\\p{Regional_Indicator}{2}|${NAME_LETTER.source}`, "u");
/** Georgian uses capital letters in headlines only, and few fonts have them. */
const capital = (letter: string): string =>
  /\p{Script=Georgian}/u.test(letter) ? letter : letter.toUpperCase();

/** Characters that browsers treat as a dot in a domain name. */
const DOTS = /[\u3002\uFF0E\uFF61\u2024]/g;
const SCHEME = /:\/\/|\b(?:https?|mailto|javascript|data|tel|ftp):/i;
/** Lower case after the dot, unlike "Dr.Smith". */
const HOST = /[\p{L}\p{N}-]{2,}\.\p{Ll}{2,}/u;
const KNOWN_HOST =
  /[\p{L}\p{N}-]\.(?:com|net|org|edu|gov|info|biz|example|test|app|dev|site|shop|online|link|click|top|xyz|live|club|vip|icu|cc|co|io|me|ly|gl|ru|cn|de|es|uk|eu)(?![\p{L}\p{N}])/iu;

/** Whether e-mail programs would turn a part of the name into a link. */
export function containsUrl(name: string): boolean {
  const text = name.normalize("NFKC").replace(DOTS, ".");
  return SCHEME.test(text) || HOST.test(text) || KNOWN_HOST.test(text) || /\bwww\./i.test(text);
}
