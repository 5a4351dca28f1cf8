/**
 * Tables as files for spreadsheets: RFC 4180 (CRLF, quotes doubled), in UTF-8 with the mark at its
 * beginning by which Excel knows it. Between columns stands what the reader's spreadsheet splits at: the
 * list separator of their region (`separatorOf` in region.ts). A first line "sep=;" would tell Excel the
 * same, and stand as a row of its own in every other program.
 */

export const separators = [",", ";"] as const;
export type Separator = (typeof separators)[number];

/** A number is written as it is; a text is somebody's words. */
export type Cell = string | number;

/**
 * A spreadsheet takes a text that begins like this for a formula, which may read other cells and
 * send them away. OWASP's list, and the full-width signs that some read the same way. A spreadsheet of
 * another region parts cells at the other separator, and quotes inside a line are letters to it: what
 * follows that one is a beginning too.
 */
const FORMULA: Record<Separator, RegExp> = {
  ",": /(^|;)(?=[\s\0"]*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20|%])/gu,
  ";": /(^|[;,])(?=[\s\0"]*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20|%])/gu,
};

function written(cell: Cell, separator: Separator): string {
  if (typeof cell === "number") return String(cell);
  const safe = cell.replace(FORMULA[separator], "$1'");
  return safe.includes(separator) || /["\r\n]/.test(safe) || safe !== safe.trim()
    ? `"${safe.replaceAll('"', '""')}"`
    : safe;
}

/** The file of a table, its head first. */
export const csvOf = (rows: readonly (readonly Cell[])[], separator: Separator = ","): string => {
  const line = (row: readonly Cell[]) =>
    row.map((cell) => written(cell, separator)).join(separator);
  return `\uFEFF${rows.map((row) => `${line(row)}\r\n`).join("")}`;
};
