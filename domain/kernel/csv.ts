/**
 * CSV files for spreadsheets: RFC 4180 (CRLF, doubled quotes), in UTF-8 with a byte order mark, which
 * Excel needs. Columns are separated by the list separator of the reader's region (`separatorOf` in
 * region.ts). A first line "sep=;" would tell Excel the same, but other programs show it as a row.
 */

export const separators = [",", ";"] as const;
export type Separator = (typeof separators)[number];

/** Numbers are written as they are; text may come from members and is escaped. */
export type Cell = string | number;

/**
 * The start of a text that a spreadsheet takes for a formula, which could read other cells and send
 * them away: OWASP's list (CSV injection), and the full-width signs that some programs treat alike. A
 * spreadsheet of another region splits at the other separator and ignores quotes inside a line, so
 * that the text after that separator counts as a start too.
 */
const FORMULA: Record<Separator, RegExp> = {
  ",": /(^|;)(?=[\s\0"]*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20|%])/gu,
  ";": /(^|[;,])(?=[\s\0"]*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20|%])/gu,
};

function formatCell(cell: Cell, separator: Separator): string {
  if (typeof cell === "number") return String(cell);
  const safe = cell.replace(FORMULA[separator], "$1'");
  return safe.includes(separator) || /["\r\n]/.test(safe) || safe !== safe.trim()
    ? `"${safe.replaceAll('"', '""')}"`
    : safe;
}

/** @param rows the heading first */
export const csvOf = (rows: readonly (readonly Cell[])[], separator: Separator = ","): string => {
  const line = (row: readonly Cell[]) =>
    row.map((cell) => formatCell(cell, separator)).join(separator);
  return `\uFEFF${rows.map((row) => `${line(row)}\r\n`).join("")}`;
};
