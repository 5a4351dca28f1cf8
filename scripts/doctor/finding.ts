/** What the doctor finds, and how it reports it. */

/** From the worst to the best. A note is about something that is sound, but that the operator may want otherwise. */
export const STATES = ["fault", "warning", "unknown", "note", "ok"] as const;
export type State = (typeof STATES)[number];

export type Finding = {
  /** One word, by which monitoring can tell the checks apart. */
  check: string;
  state: State;
  /** What is wrong and what to do, in one line. */
  sentence: string;
};

/** As monitoring plugins answer: 0 sound, 1 warnings, 2 faults, 3 could not look. */
export const EXIT_CODES = { fault: 2, warning: 1, unknown: 3, note: 0, ok: 0 } as const;

export const worstOf = (findings: Finding[]): State =>
  STATES.find((state) => findings.some((finding) => finding.state === state)) ?? "ok";

const WORDS: Record<State, string> = {
  fault: "FAULT",
  warning: "warning",
  unknown: "unknown",
  note: "note",
  ok: "ok",
};

/** The findings as lines, the worst first, and a summary as the last line. */
export function textOf(findings: Finding[]): string {
  const sorted = [...findings].sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
  const width = Math.max(...sorted.map(({ check }) => check.length));
  const lines = sorted.map(
    ({ check, state, sentence }) =>
      `${WORDS[state].padEnd(7)}  ${check.padEnd(width)}  ${sentence.replaceAll(/\s*\n\s*/g, " ")}`,
  );
  return [...lines, summaryOf(findings)].join("\n");
}

function summaryOf(findings: Finding[]): string {
  const count = (state: State, one: string, many: string) => {
    const found = findings.filter((finding) => finding.state === state).length;
    return found === 0 ? [] : [`${found} ${found === 1 ? one : many}`];
  };
  const bad = [
    count("fault", "fault", "faults"),
    count("warning", "warning", "warnings"),
    count("unknown", "check that could not be made", "checks that could not be made"),
  ].flat();
  return bad.length === 0
    ? `This installation is sound (${findings.length} checks).`
    : `${bad.join(", ")}, of ${findings.length} checks.`;
}

/** The findings for machines. */
export const jsonOf = (findings: Finding[], version: string, at: Date): string =>
  JSON.stringify({ state: worstOf(findings), version, at: at.toISOString(), findings }, null, 2);

/** Creates the findings of one check. */
export function check(name: string) {
  const finding =
    (state: State) =>
    (sentence: string): Finding => ({ check: name, state, sentence });
  return {
    fault: finding("fault"),
    warning: finding("warning"),
    unknown: finding("unknown"),
    note: finding("note"),
    ok: finding("ok"),
  };
}

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** "2026-11-30 20:15 UTC" */
export const timeOf = (date: Date): string =>
  `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** The message of an error, on one line. For a host with several addresses Node's error has none. */
export function reasonOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? error.errors : [error];
  const text = first instanceof Error ? first.message : String(first);
  return text.split("\n")[0]?.trim() || "no answer";
}
