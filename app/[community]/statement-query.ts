/** What the address of a statement page says; anything else than a filter is ignored. */
export type StatementSearch = Promise<Record<string, string | string[] | undefined>>;

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

export async function statementQuery(search: StatementSearch) {
  const given = await search;
  const date = (name: string) => {
    const value = first(given[name]);
    return value && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
  };
  const direction = first(given.direction);
  const before = Number(first(given.before));
  return {
    direction: direction === "in" || direction === "out" ? direction : undefined,
    from: date("from"),
    to: date("to"),
    before: Number.isSafeInteger(before) && before > 0 && before < 2 ** 31 ? before : undefined,
  } as const;
}

/** The calendar year that the address asks for. */
export async function yearQuery(search: StatementSearch): Promise<number | undefined> {
  const year = first((await search).year);
  return year && /^(19|20)\d\d$/.test(year) ? Number(year) : undefined;
}

/** What the address of a whole statement says: the same filters, and whose it is. */
export async function wholeStatementQuery(search: StatementSearch) {
  const { before: _, ...filters } = await statementQuery(search);
  const memberId = first((await search).member);
  return { ...filters, memberId };
}

type Part = { lines: { version: number }[]; isCut: boolean };

/**
 * A statement without an end: the books give some thousands of lines at a time, the latest first.
 * @param ask for what is older than that line, or for the latest
 */
export async function everyLine<Some extends Part>(
  ask: (before: number | undefined) => Promise<Some>,
): Promise<Some> {
  const latest = await ask(undefined);
  const parts = [latest.lines];
  for (let part = latest; part.isCut; ) {
    part = await ask(part.lines[0]?.version);
    parts.unshift(part.lines);
  }
  return { ...latest, lines: parts.flat(), isCut: false };
}
