/**
 * Finds words of a private dialect in code, comments and documents: a reader should be able to search for
 * the field's own term (docs/glossary.md).
 */

/** Each with the term to use instead. */
const DIALECT: readonly [pattern: RegExp, instead: string][] = [
  [/\bkept\b/i, "cached, stored, saved or retained"],
  [/\btold\b/i, "notified, reported or shown"],
  [/\banew\b/i, "again"],
  [/\bwhoever\b/i, "the member, the caller, the coordinator or the operator"],
  [/\breckon(s|ed|ing)?\b/i, "compute or count"],
  [/\btongues?\b/i, "language"],
  [/\brungs?\b/i, "access level"],
  [/\bknock(s|ed|ing)?\b/i, "attempt"],
  [/\bdoors\b/i, "entrances, endpoints or sign-in"],
  [/\bmachine room\b|\brooms\b/i, "folders, limits or internals"],
  [/\bletter ?box(es)?\b/i, "mailbox"],
  [/\bletters? (is|was|are|were) (sent|on)\b/i, "e-mail"],
  [/\bwithout a line\b|\bthe line (is|was|does)\b/i, "offline"],
  [/\bshow(s|ed|ing)? that it is they\b/i, "re-authenticate"],
  [/\bgone through\b|\bcome to pass\b/i, "happened"],
  [/\bso many\b/i, "a number, named"],
  [/\bletIn\b|\b(village|Village)\b/, "fixture or signIn"],
];

export type Found = { file: string; line: number; word: string; instead: string };

/** The dialect in a file's text, line by line. */
export function findDialect(file: string, text: string): Found[] {
  return text.split("\n").flatMap((line, index) =>
    DIALECT.flatMap(([pattern, instead]) => {
      const word = pattern.exec(line)?.[0];
      return word ? [{ file, line: index + 1, word, instead }] : [];
    }),
  );
}
