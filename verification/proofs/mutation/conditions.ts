/** Ways to weaken a condition: each part removed, each bound moved by one. */
import { between, type Change, cutAt, says, type Token } from "./sql-text";

const short = (text: string): string => text.replace(/\s+/g, " ").replaceAll("::text", "");

/**
 * @param parity whether the condition guards when it is true ("refuses": an IF before a RAISE, the
 *   WHERE of check_books) or when it is false ("allows": a CHECK, any other WHERE)
 */
export function weakenings(sql: string, tokens: Token[], parity: "refuses" | "allows"): Change[] {
  if (tokens.length === 0) return [];
  const inside = unwrapped(tokens);
  if (inside) return weakenings(sql, inside, parity);
  const depth = Math.min(...tokens.map((token) => token.depth));
  const atTop = (token: Token, word: string) =>
    token.depth === depth && token.text.toUpperCase() === word;
  const changes: Change[] = [];
  const ors = cutAt(tokens, (token) => atTop(token, "OR"));
  if (ors.length > 1) {
    for (const part of ors) changes.push(replaced(sql, part, "false"));
    return [...changes, ...ors.flatMap((part) => weakenings(sql, part, parity))];
  }
  const ranges = tokens.filter((token) => atTop(token, "BETWEEN"));
  const ands = cutAt(
    tokens,
    (token) => atTop(token, "AND") && !ranges.some((range) => isEndOfRange(tokens, range, token)),
  );
  if (ands.length > 1) {
    for (const part of ands) changes.push(replaced(sql, part, "true"));
    return [...changes, ...ands.flatMap((part) => weakenings(sql, part, parity))];
  }
  return [
    ...halves(sql, tokens, depth),
    ...rangeHalves(sql, tokens, depth),
    ...bounds(tokens, depth, parity),
    ...[...groupsIn(tokens, depth), ...branchesIn(tokens, depth)].flatMap((group) =>
      weakenings(sql, group, parity),
    ),
  ];
}

const replaced = (sql: string, part: Token[], to: string): Change => ({
  what: `"${short(between(sql, part))}" taken for ${to}`,
  at: part[0]?.start ?? 0,
  end: part.at(-1)?.end ?? 0,
  to,
});

/** The contents of a pair of parentheses around the whole, or null. */
function unwrapped(tokens: Token[]): Token[] | null {
  const [first, last] = [tokens[0], tokens.at(-1)];
  if (first?.text !== "(" || last?.text !== ")") return null;
  const inside = tokens.slice(1, -1);
  return inside.every((token) => token.depth > first.depth) ? inside : null;
}

const isEndOfRange = (tokens: Token[], range: Token, and: Token): boolean =>
  tokens.find(
    ({ start, depth, text }) =>
      start > range.start && depth === range.depth && text.toUpperCase() === "AND",
  ) === and;

/** The contents of parentheses that hold a condition, not a query or a list. */
function groupsIn(tokens: Token[], depth: number): Token[][] {
  const groups: Token[][] = [];
  tokens.forEach((token, index) => {
    if (token.text !== "(" || token.depth !== depth) return;
    const rest = tokens.slice(index + 1);
    const end = rest.findIndex(({ text, depth: deep }) => text === ")" && deep === depth);
    const group = rest.slice(0, end);
    if (!says(group, 0, "SELECT")) groups.push(group);
  });
  return groups;
}

/** What each CASE returns, and the conditions of one without an operand. */
function branchesIn(tokens: Token[], depth: number): Token[][] {
  return tokens.flatMap((token, index) => {
    if (token.text.toUpperCase() !== "CASE" || token.depth !== depth) return [];
    const rest = tokens.slice(index + 1);
    const inside = rest.slice(
      0,
      rest.findIndex(({ depth: deep }) => deep === depth),
    );
    const hasOperand = !says(inside, 0, "WHEN");
    let word = "";
    const branches: Token[][] = [];
    for (const each of inside) {
      const text = each.text.toUpperCase();
      if (each.depth === depth + 1 && ["WHEN", "THEN", "ELSE"].includes(text)) {
        word = text;
        branches.push([]);
      } else if (word !== "" && !(word === "WHEN" && hasOperand)) branches.at(-1)?.push(each);
    }
    return branches;
  });
}

/** `(a) = (b)` and `(a) <> (b)` each stand for two implications: one mutation for each. */
function halves(sql: string, tokens: Token[], depth: number): Change[] {
  const index = tokens.findIndex(
    ({ text, depth: deep }, at) =>
      deep === depth &&
      (text === "=" || text === "<>") &&
      tokens[at - 1]?.text === ")" &&
      tokens[at + 1]?.text === "(",
  );
  const sign = tokens[index];
  if (!sign || tokens[0]?.text !== "(" || tokens.at(-1)?.text !== ")") return [];
  const [left, right] = [
    between(sql, tokens.slice(0, index)),
    between(sql, tokens.slice(index + 1)),
  ];
  if (left.includes(",")) return [];
  const ways: [string, string][] =
    sign.text === "="
      ? [
          [`(NOT ${left} OR ${right})`, "only from left to right"],
          [`(NOT ${right} OR ${left})`, "only from right to left"],
        ]
      : [
          [`(${left} AND NOT ${right})`, "only the left without the right"],
          [`(${right} AND NOT ${left})`, "only the right without the left"],
        ];
  return ways.map(([to, how]) => ({
    ...replaced(sql, tokens, to),
    what: `"${short(between(sql, tokens))}" ${how}`,
  }));
}

/** `x NOT BETWEEN a AND b` refuses at both ends: one mutation for each. */
function rangeHalves(sql: string, tokens: Token[], depth: number): Change[] {
  const not = tokens.findIndex(
    (token, index) => token.depth === depth && says(tokens, index, "NOT", "BETWEEN"),
  );
  if (not < 0) return [];
  const range = tokens.slice(not);
  const [low, high] = [range[2]?.text ?? "", range[4]?.text ?? ""];
  const ways = [`< ${low}`, `> ${high}`, `NOT BETWEEN ${low} - 1 AND ${high}`];
  ways.push(`NOT BETWEEN ${low} AND ${high} + 1`);
  return ways.map((to) => ({
    ...replaced(sql, range, to),
    what: `"${short(between(sql, tokens))}" made "${to}"`,
  }));
}

/** Bounds moved by one: `> n` where true refuses, `>= n` and `<= n` where true allows. */
function bounds(tokens: Token[], depth: number, parity: "refuses" | "allows"): Change[] {
  return tokens.flatMap((token, index): Change[] => {
    const bound = tokens[index + 1];
    if (token.depth !== depth || !bound) return [];
    const step =
      parity === "refuses" ? { ">": "+ 1" }[token.text] : { ">=": "- 1", "<=": "+ 1" }[token.text];
    if (!step) return [];
    const operand = operandAt(tokens, index + 1);
    const text = operand.map((each) => each.text).join(" ");
    return [
      {
        what: `"${token.text} ${text}" made "${token.text} ${text} ${step}"`,
        at: bound.start,
        end: operand.at(-1)?.end ?? bound.end,
        to: `(${text} ${step})`,
      },
    ];
  });
}

/** One token, or a pair of parentheses, with the name of a function before it. */
function operandAt(tokens: Token[], index: number): Token[] {
  const open = [index, index + 1].find((at) => tokens[at]?.text === "(");
  const first = tokens[index];
  if (open === undefined || !first) return first ? [first] : [];
  const close = tokens.findIndex(
    ({ text, depth }, at) => at > open && text === ")" && depth === first.depth,
  );
  return tokens.slice(index, close + 1);
}
