/** The query of a statement page's URL; everything but its filters is ignored. */
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

/** The calendar year in the query. */
export async function yearQuery(search: StatementSearch): Promise<number | undefined> {
  const year = first((await search).year);
  return year && /^(19|20)\d\d$/.test(year) ? Number(year) : undefined;
}

/** The query of a whole statement: the same filters, and the account. */
export async function wholeStatementQuery(search: StatementSearch) {
  const { before: _, ...filters } = await statementQuery(search);
  const memberId = first((await search).member);
  return { ...filters, memberId };
}

type Part = { lines: { version: number }[]; isCut: boolean };

/**
 * A whole statement. The server returns some thousands of lines at a time, the latest first.
 * @param ask requests the lines before a cursor, or the latest ones
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
