/** What a person may be called. */

/** Characters. */
export const MAX_PERSON_NAME = 60;

/** Whether there is something to call somebody by: a letter, a number or a picture. */
export const hasNameLetters = (name: string): boolean =>
  /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(name);

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
