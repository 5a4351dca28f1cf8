/** Reads the plans of a command's queries from auto_explain. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { ask } from "./server";

export type Plan = {
  /** The statement, shortened. */
  query: string;
  /** "Index Scan using …, Seq Scan on …", without repetitions. */
  access: string[];
  /** Rows of the topmost node. */
  rows: number;
  /** Buffers hit or read. */
  buffers: number;
  milliseconds: number;
  text: string;
};

/** Settings that log each statement with its plan, including those inside functions. */
const settings: Record<string, string> = {
  session_preload_libraries: "auto_explain",
  "auto_explain.log_min_duration": "0",
  "auto_explain.log_analyze": "on",
  "auto_explain.log_buffers": "on",
  "auto_explain.log_nested_statements": "on",
};

/** Turns the plans of a database on or off, for new connections. */
export const explainAll = (url: string, on: boolean): Promise<void> =>
  ask(url, async (client) => {
    const database = new URL(url).pathname.slice(1);
    for (const [name, value] of Object.entries(settings)) {
      await client.query(
        on
          ? `ALTER DATABASE ${database} SET ${name} = '${value}'`
          : `ALTER DATABASE ${database} RESET ${name}`,
      );
    }
  });

/** The current end of the log. */
export const endOf = (log: string): number => (existsSync(log) ? statSync(log).size : 0);

/** The plans logged after a position. */
export function plansSince(log: string, from: number): Plan[] {
  const text = readFileSync(log).subarray(from).toString();
  // Each entry starts with a time; its further lines start with a tab.
  return text.split(/\n(?=\d{4}-\d\d-\d\d )/).flatMap((entry) => planOf(entry) ?? []);
}

/** Parses an entry of auto_explain; null for any other. */
export function planOf(entry: string): Plan | null {
  const head = /duration: ([\d.]+) ms {2}plan:\n\s*Query Text: /.exec(entry);
  if (!head) return null;
  const body = entry.slice(head.index + head[0].length);
  // The plan starts at the first line with a cost.
  const lines = body.split("\n").map((line) => line.replace(/^\t/, ""));
  const first = lines.findIndex((line) => line.includes("(cost="));
  if (first < 0) return null;
  const plan = lines.slice(first).join("\n").trimEnd();
  const buffers = /Buffers: shared([^\n]*)/.exec(plan)?.[1] ?? "";
  const pages = [...buffers.matchAll(/\b(?:hit|read)=(\d+)/g)].map(([, count]) => Number(count));
  const scans = plan.matchAll(
    /(?:Index Only Scan|Index Scan|Bitmap Index Scan)(?: Backward)? (?:using|on) (\S+)|(Seq Scan) on (\S+)/g,
  );
  return {
    query: lines.slice(0, first).join(" ").replace(/\s+/g, " ").trim().slice(0, 160),
    access: [...new Set([...scans].map(([, index, , table]) => index ?? `SEQ SCAN ${table}`))],
    rows: Number(/actual [^)]*rows=([\d.]+)/.exec(plan)?.[1] ?? 0),
    buffers: pages.reduce((sum, count) => sum + count, 0),
    milliseconds: Number(head[1]),
    text: `${lines.slice(0, first).join("\n").trimEnd()}\n${plan}`,
  };
}

/** "2 statements, 53 buffers, 0.4 ms, by account_pkey, …" */
export function plansLine(plans: Plan[]): string {
  const sum = (of: (plan: Plan) => number) => plans.reduce((total, plan) => total + of(plan), 0);
  const access = [...new Set(plans.flatMap((plan) => plan.access))].sort();
  const last = plans.at(-1);
  return `${plans.length} statements, ${sum(({ buffers }) => buffers)} buffers, ${last?.rows ?? 0} rows in the last, by ${access.join(", ")}`;
}
