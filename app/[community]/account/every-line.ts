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
