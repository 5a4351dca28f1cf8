/**
 * Text as people write it. Control characters, lone surrogates and the invisible marks that
 * turn text round (right-to-left overrides, isolates) are taken out rather than refused: they
 * come along when one pastes, and nobody types them on purpose. Letters of every script and
 * emoji stay.
 */
const INVISIBLE = /(?![\t\n])\p{Cc}|[\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** Cleans a text of several lines; lines end in \n. */
export function cleanText(raw: string): string {
  return raw
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "")
    .replace(/\r\n?/g, "\n")
    .replace(INVISIBLE, "")
    .normalize("NFC")
    .trim();
}

/** Cleans a text of one line: any run of white space becomes one space. */
export const cleanLine = (raw: string): string => cleanText(raw).replace(/\s+/gu, " ");

/** The length that a person would count, near enough: code points. */
export const lengthOf = (text: string): number => [...text].length;
