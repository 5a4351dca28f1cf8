/** The findings of a part, and their presentation. */
import { quantile, ratesOf, ratios, type Samples, type Spread, spreadOf } from "./measure";

/** One line of a table: a name, and figures by column. */
export type Row = { name: string } & Record<string, number | string>;

export type Goal = {
  name: string;
  /** The measured ratio or amount. */
  value: Spread;
  wanted: { least: number } | { most: number } | { below: number };
  met: boolean;
};

export type Findings = {
  part: string;
  /** One sentence: what was measured, and on what. */
  about: string;
  rows: Row[];
  goals: Goal[];
  /** Remarks below the table. */
  notes: string[];
};

/** A goal is met if its median meets it. */
export function goal(name: string, values: number[], wanted: Goal["wanted"]): Goal {
  const value = spreadOf(values);
  const met =
    "least" in wanted
      ? value.median >= wanted.least
      : "most" in wanted
        ? value.median <= wanted.most
        : value.median < wanted.below;
  return { name, value, wanted, met };
}

/** The goal that one contender reaches at least this multiple of another's speed. */
export const atLeast = (samples: Samples, one: string, other: string, least: number): Goal =>
  goal(`${one} : ${other}`, ratios(ratesOf(samples, one), ratesOf(samples, other)), { least });

/** A line per contender: operations per second with their range, and latency. */
export const rateRows = (samples: Samples): Row[] =>
  [...samples].map(([name, slices]) => {
    const rate = spreadOf(ratesOf(samples, name));
    const latencies = slices.flatMap((slice) => slice.latencies);
    return {
      name,
      "per second": rate.median,
      least: rate.least,
      most: rate.most,
      "median ms": quantile(latencies, 0.5),
      "p95 ms": quantile(latencies, 0.95),
    };
  });

/** A table with aligned columns; missing values are dashes. */
export function tableOf(rows: Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const head = columns.map((column) => (column === "name" ? "" : column));
  const cells = rows.map((row) => columns.map((column) => tidy(row[column])));
  const widths = columns.map((_, at) =>
    Math.max(...[head, ...cells].map((line) => (line[at] ?? "").length)),
  );
  const lineOf = (line: string[]) =>
    line
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join("  ")
      .trimEnd();
  return [head, ...cells].map(lineOf).join("\n");
}

/** Rounded to three significant digits. */
export function tidy(value: number | string | undefined): string {
  if (typeof value === "string") return value;
  if (value === undefined || !Number.isFinite(value)) return "–";
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** "met   settle : post_transfer 0.42 (0.39–0.44), wanted ≥ 0.3" */
export function goalLine({ name, value, wanted, met }: Goal): string {
  const limit =
    "least" in wanted
      ? `≥ ${wanted.least}`
      : "most" in wanted
        ? `≤ ${wanted.most}`
        : `< ${wanted.below}`;
  const range = `${tidy(value.least)}–${tidy(value.most)}`;
  return `${met ? "met   " : "missed"} ${name}: ${tidy(value.median)} (${range}), wanted ${limit}`;
}

/** The whole part as text. */
export const getText = ({ part, about, rows, goals, notes }: Findings): string =>
  [
    `\n${part}: ${about}`,
    tableOf(rows),
    ...goals.map(goalLine),
    ...notes.map((note) => `· ${note}`),
  ].join("\n");
