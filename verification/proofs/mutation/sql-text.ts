/** As much of SQL's grammar as it takes to find the checks in a text. */

export type Token = {
  text: string;
  start: number;
  end: number;
  /** Parentheses around it; a parenthesis itself is as deep as what is outside. */
  depth: number;
};

const TOKEN =
  /(--[^\n]*|\s+)|('(?:[^']|'')*'|"[^"]*"|[A-Za-z_]\w*(?:\.\w+)*|\d+|<>|<=|>=|:=|=>|\|\||->>|::|.)/gs;

export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const match of sql.matchAll(TOKEN)) {
    const text = match[2];
    if (text === undefined) continue;
    if (text === ")") depth -= 1;
    tokens.push({ text, start: match.index, end: match.index + text.length, depth });
    if (text === "(") depth += 1;
  }
  return tokens;
}

export const lineAt = (sql: string, index: number): number =>
  sql.slice(0, index).split("\n").length;

/** Words in a row, at one depth. */
export const says = (tokens: Token[], index: number, ...words: string[]): boolean =>
  words.every((word, step) => tokens[index + step]?.text.toUpperCase() === word);

export const between = (sql: string, tokens: Token[]): string =>
  sql.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0);

/** The list cut at the tokens that satisfy the condition. */
export function cutAt(tokens: Token[], isCut: (token: Token, index: number) => boolean): Token[][] {
  const parts: Token[][] = [[]];
  tokens.forEach((token, index) => {
    if (isCut(token, index)) parts.push([]);
    else parts.at(-1)?.push(token);
  });
  return parts;
}

/** From the token after `from` to before the next one at its depth or outside that ends it. */
export function regionAfter(tokens: Token[], from: number, ends: ReadonlySet<string>): Token[] {
  const depth = tokens[from]?.depth ?? 0;
  const rest = tokens.slice(from + 1);
  const end = rest.findIndex(
    (token) => token.depth < depth || (token.depth === depth && ends.has(token.text.toUpperCase())),
  );
  return end < 0 ? rest : rest.slice(0, end);
}

/** A text with one place changed. */
export type Change = { what: string; at: number; end: number; to: string };

export const changed = (sql: string, { at, end, to }: Change): string =>
  sql.slice(0, at) + to + sql.slice(end);
