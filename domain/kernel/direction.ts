/**
 * Text of mixed direction. Text by members is isolated from the direction of its surroundings (Unicode
 * UAX #9), and telephone numbers read from left to right everywhere.
 */

export type Direction = "ltr" | "rtl";

const FSI = "\u2068";
const LRI = "\u2066";
const PDI = "\u2069";
/** An override: an isolate alone would order groups of Arabic digits from right to left. */
const LRO = "\u202D";
const PDF = "\u202C";

/** The blocks of right-to-left letters (DerivedBidiClass, default R and AL). */
const RIGHT_TO_LEFT =
  /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
/** Any other character except spaces may be reordered among letters of the other direction. */
const NOT_RIGHT_TO_LEFT =
  /[^\s\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/**
 * URLs, e-mail addresses and handles such as @rosa; and telephone numbers: six or more digits in groups,
 * with signs and spaces between them, such as "+49 (0)30 / 555 01 48".
 */
const RUNS =
  /(?<address>(?:https?:\/\/|www\.)\S*[^\s.,;:!?)\]]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w@])@\w(?:[\w.]*\w)?)|(?<number>[+\uFF0B(]*\p{Nd}(?:[ \u00A0\u2007\u2009\u202F()./\u2010-\u2015\u2212-]{0,4}\p{Nd}){5,})/giu;

export type Part = { kind: "words" | "address" | "number"; text: string };

/** Splits a line into telephone numbers and addresses, which read from left to right, and the rest. */
export function partsOf(line: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: run, index, groups } of line.matchAll(RUNS)) {
    const text = groups?.number ? closed(run, line.slice(index + run.length)) : run;
    if (index > end) parts.push({ kind: "words", text: line.slice(end, index) });
    parts.push({ kind: groups?.number ? "number" : "address", text });
    end = index + text.length;
  }
  if (end < line.length) parts.push({ kind: "words", text: line.slice(end) });
  return parts;
}

const count = (text: string, sign: string): number => text.split(sign).length - 1;
/** Adds the closing bracket that follows a number, if the opening one is inside it: "555 0148 (030)". */
const closed = (number: string, rest: string): string =>
  rest.startsWith(")") && count(number, "(") > count(number, ")") ? `${number})` : number;

const withDirection = ({ kind, text }: Part): string => {
  if (kind === "words") return text;
  return kind === "number" ? `${LRI}${LRO}${text}${PDF}${PDI}` : `${LRI}${text}${PDI}`;
};

/** A text to put into a sentence, isolated if the sentence's direction could reorder it. */
export function isolate(text: string, sentence: Direction): string {
  const mayChange = sentence === "ltr" ? RIGHT_TO_LEFT : NOT_RIGHT_TO_LEFT;
  if (!mayChange.test(text)) return text;
  return `${FSI}${partsOf(text).map(withDirection).join("")}${PDI}`;
}

type Values = Record<string, unknown>;
/** A translator that isolates every text which it fills into a message. */
export function isolating<Translator extends CallableFunction>(
  translator: Translator,
  sentence: Direction,
): Translator {
  // Every translator of use-intl has it.
  const raw = Reflect.get(translator, "raw") as (key: string) => unknown;
  const isolateValues = (key: string, values: Values | undefined) => {
    if (!values) return values;
    let message: unknown;
    const entries = Object.entries(values).map(([name, value]) => {
      if (typeof value !== "string") return [name, value];
      const isolated = isolate(value, sentence);
      if (isolated === value) return [name, value];
      message ??= raw(key);
      // Other arguments select a variant of the message (ICU select); they must stay unchanged.
      return [name, String(message).includes(`{${name}}`) ? isolated : value];
    });
    return Object.fromEntries(entries);
  };
  return new Proxy(translator, {
    apply: (target, self, [key, values, ...rest]) =>
      Reflect.apply(target, self, [key, isolateValues(key, values), ...rest]),
    get: (target, name) => {
      const own: unknown = Reflect.get(target, name);
      if (typeof own !== "function" || (name !== "rich" && name !== "markup")) return own;
      return (key: string, values?: Values, ...rest: unknown[]) =>
        Reflect.apply(own, target, [key, isolateValues(key, values), ...rest]);
    },
  });
}
