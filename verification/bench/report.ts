/** What a part of the measuring found, and how it is written down. */
import { quantile, ratesOf, ratios, type Samples, type Spread, spreadOf } from "./measure";

/** One line of a table: a name and figures by column. */
export type Row = { name: string } & Record<string, number | string>;

export type Goal = {
  name: string;
  /** The ratio or amount that was measured. */
  value: Spread;
  wanted: { least: number } | { most: number } | { below: number };
  met: boolean;
};

export type Findings = {
  part: string;
  /** What was measured on what, in a sentence. */
  about: string;
  rows: Row[];
  goals: Goal[];
  /** Remarks below the table. */
  notes: string[];
};

/** A goal is met by its median. */
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

/** That one contender is at least so many times as fast as another. */
export const atLeast = (samples: Samples, one: string, other: string, least: number): Goal =>
  goal(`${one} : ${other}`, ratios(ratesOf(samples, one), ratesOf(samples, other)), { least });

/** A line a contender: operations a second with their range, and how long one takes. */
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

/** A table of aligned columns; a value that is not there is a dash. */
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

/** Three digits that count, as people read them. */
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

/** The whole part, for people. */
export const getText = ({ part, about, rows, goals, notes }: Findings): string =>
  [
    `\n${part}: ${about}`,
    tableOf(rows),
    ...goals.map(goalLine),
    ...notes.map((note) => `· ${note}`),
  ].join("\n");
