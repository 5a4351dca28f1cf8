/** The table in docs/permissions.md, with which the proof compares its findings. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = fileURLToPath(new URL("../../../docs/permissions.md", import.meta.url));

/** Cells by row ("procedure | object") and column. */
export type Table = Map<string, Map<string, string>>;

const marks = (section: string) => [`<!-- ${section} -->\n`, `<!-- end of ${section} -->`] as const;

/** @returns the text between a section's markers, with its position */
function find(text: string, section: string) {
  const [start, end] = marks(section);
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < 0) throw new Error(`docs/permissions.md has no section "${section}".`);
  return { from: from + start.length, to };
}

const cellsOf = (line: string) =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

/** @param keys number of left columns that identify the row */
export function readTable(section: string, keys: number): Table {
  const text = readFileSync(file, "utf8");
  const { from, to } = find(text, section);
  const [head = "", , ...lines] = text.slice(from, to).trim().split("\n");
  const names = cellsOf(head).slice(keys);
  return new Map(
    lines.map((line) => {
      const cells = cellsOf(line);
      const row = new Map(names.map((name, index) => [name, cells[index + keys] ?? ""]));
      return [cells.slice(0, keys).join(" | "), row];
    }),
  );
}

/** Writes the findings to the document, whose diff must then be read line by line. */
export function writeTable(section: string, keys: string[], found: Table): void {
  const [first] = found.values();
  const head = [...keys, ...(first?.keys() ?? [])];
  const rows = [...found].map(([row, cells]) => [...row.split(" | "), ...cells.values()]);
  const widths = head.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const drawn = (cells: string[], fill = " ") =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(" | ")} |`;
  const lines = [
    drawn(head),
    drawn(
      head.map(() => ""),
      "-",
    ),
    ...rows.map((row) => drawn(row)),
  ];
  const text = readFileSync(file, "utf8");
  const { from, to } = find(text, section);
  writeFileSync(file, `${text.slice(0, from)}${lines.join("\n")}\n${text.slice(to)}`);
}

/** The differing cells, one line each. */
export function differences(expected: Table, found: Table): string[] {
  const lines: string[] = [];
  for (const row of new Set([...expected.keys(), ...found.keys()])) {
    const [must, is] = [expected.get(row), found.get(row)];
    if (!must || !is) {
      lines.push(
        `${row}: ${must ? "is in the table and not in the product" : "is not in the table"}`,
      );
      continue;
    }
    for (const column of new Set([...must.keys(), ...is.keys()])) {
      if (must.get(column) === is.get(column)) continue;
      lines.push(`${row}, ${column}: ${is.get(column)} instead of ${must.get(column)}`);
    }
  }
  return lines;
}
