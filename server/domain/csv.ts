/**
 * Tables as files for spreadsheets: RFC 4180 (commas, CRLF, quotes doubled), in UTF-8 with the mark
 * at its beginning by which Excel knows it.
 */

/** A number is written as it is; a text is somebody's words. */
export type Cell = string | number;

/**
 * A spreadsheet takes a text that begins like this for a formula, which may read other cells and
 * send them away. OWASP's list, and the full-width signs that some read the same way. Where a comma
 * stands in numbers, spreadsheets part cells at semicolons, and quotes inside a line are letters to
 * them: what follows a semicolon is a beginning too.
 */
const FORMULA = /(^|;)(?=[\s\0"]*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20|%])/gu;

function written(cell: Cell): string {
  if (typeof cell === "number") return String(cell);
  const safe = cell.replace(FORMULA, "$1'");
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The file of a table, its head first. */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(written).join(",")}\r\n`).join("")}`;
