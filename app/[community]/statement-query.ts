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
