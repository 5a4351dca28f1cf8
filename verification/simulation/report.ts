/** The measures as tables for a terminal. */
import { type Measures, type Spread, spreadOf } from "./measures";

const columns: [name: string, key: keyof Measures, show: (value: number) => string][] = [
  ["requests met", "met", (value) => percent(value)],
  ["of possible ones", "metOfPossible", (value) => percent(value)],
  ["busiest tenth gives", "busiest", (value) => percent(value)],
  ["Gini of hours", "gini", (value) => value.toFixed(2)],
  ["stuck at the floor", "stuck", (value) => value.toFixed(0)],
  ["wait in days", "wait", (value) => value.toFixed(1)],
  ["asked per help", "questions", (value) => value.toFixed(1)],
  ["members who gave", "givers", (value) => percent(value)],
];

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
const points = (value: number): string =>
  `${value < 0 ? "−" : "+"}${Math.abs(value * 100).toFixed(1)}`;

/** A row for each rule: the mean of all seeds, and the range. */
export function tableOf(results: ReadonlyMap<string, readonly Measures[]>): string {
  const rows = [...results].map(([name, years]) => [
    name,
    ...columns.map(([, key, show]) => withRange(spreadOf(years.map((year) => year[key])), show)),
  ]);
  return drawn([["", ...columns.map(([name]) => name)], ...rows]);
}

const withRange = ({ mean, least, most }: Spread, show: (value: number) => string): string =>
  least === most ? show(mean) : `${show(mean)} (${bare(show(least))}–${bare(show(most))})`;
const bare = (text: string): string => text.replace(" %", "");

/** The differences between two rules, seed by seed, in percentage points. */
export function differencesOf(
  seeds: readonly number[],
  ours: readonly Measures[],
  theirs: readonly Measures[],
): string {
  const of = (key: "met" | "busiest") =>
    ours.map((year, index) => year[key] - (theirs[index]?.[key] ?? 0));
  const [met, busiest] = [of("met"), of("busiest")];
  const range = (values: number[]) => {
    const { mean, least, most } = spreadOf(values);
    return `${points(mean)} (${points(least)} to ${points(most)})`;
  };
  const rows = seeds.map((seed, index) => [
    `seed ${seed}`,
    points(met[index] ?? 0),
    points(busiest[index] ?? 0),
  ]);
  return drawn([
    ["", "requests met", "busiest tenth gives"],
    ...rows,
    ["all", range(met), range(busiest)],
  ]);
}

function drawn(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("   ")
        .trimEnd(),
    )
    .join("\n");
}
