/** Just enough of SQL's grammar to find the conditions in a text. */

export type Token = {
  text: string;
  start: number;
  end: number;
  /** Number of enclosing pairs: parentheses, or CASE and END. A parenthesis, CASE and END have the depth outside. */
  depth: number;
};

const TOKEN =
  /(--[^\n]*|\s+)|('(?:[^']|'')*'|"[^"]*"|[A-Za-z_]\w*(?:\.\w+)*|\d+|<>|<=|>=|:=|=>|\|\||->>|::|.)/gs;

export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  const open: string[] = [];
  for (const match of sql.matchAll(TOKEN)) {
    const text = match[2];
    if (text === undefined) continue;
    const word = text.toUpperCase();
    // END also closes blocks, and END IF and END LOOP their statements.
    if (word === ")" || (word === "END" && open.at(-1) === "CASE")) open.pop();
    tokens.push({ text, start: match.index, end: match.index + text.length, depth: open.length });
    if (word === "(" || word === "CASE") open.push(word);
  }
  return tokens;
}

export const lineAt = (sql: string, index: number): number =>
  sql.slice(0, index).split("\n").length;

/** Whether these words follow each other at one depth. */
export const says = (tokens: Token[], index: number, ...words: string[]): boolean =>
  words.every((word, step) => tokens[index + step]?.text.toUpperCase() === word);

export const between = (sql: string, tokens: Token[]): string =>
  sql.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);

/** Splits the list at the tokens that satisfy the condition. */
export function cutAt(tokens: Token[], isCut: (token: Token, index: number) => boolean): Token[][] {
  const parts: Token[][] = [[]];
  tokens.forEach((token, index) => {
    if (isCut(token, index)) parts.push([]);
    else parts.at(-1)?.push(token);
  });
  return parts;
}

/** The tokens after `from` up to the next one of `ends` at its depth or outside it. */
export function regionAfter(tokens: Token[], from: number, ends: ReadonlySet<string>): Token[] {
  const depth = tokens[from]?.depth ?? 0;
  const rest = tokens.slice(from + 1);
  const end = rest.findIndex(
    (token) => token.depth < depth || (token.depth === depth && ends.has(token.text.toUpperCase())),
  );
  return end < 0 ? rest : rest.slice(0, end);
}

/** A text with the range from `at` to `end` replaced. */
export type Change = { what: string; at: number; end: number; to: string };

export const changed = (sql: string, { at, end, to }: Change): string =>
  sql.slice(0, at) + to + sql.slice(end);
