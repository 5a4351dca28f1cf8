/**
 * Text of mixed direction. What members write stands apart from the direction of what is around it
 * (Unicode UAX #9, isolates), and telephone numbers read from left to right everywhere.
 */

export type Direction = "ltr" | "rtl";

const FSI = "\u2068";
const LRI = "\u2066";
const PDI = "\u2069";
/** An override: groups of Arabic digits would stand from right to left even between isolates. */
const LRO = "\u202D";
const PDF = "\u202C";

/** The blocks whose letters run from right to left (DerivedBidiClass, default R and AL). */
const RIGHT_TO_LEFT =
  /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
/** Anything but these and spaces may be drawn elsewhere between letters of the other direction. */
const NOT_RIGHT_TO_LEFT =
  /[^\s\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/**
 * Addresses of pages and of mail, and names such as @rosa; six digits or more, in groups, with signs and
 * spaces between them: "+49 (0)30 / 555 01 48".
 */
const RUNS =
  /(?<address>(?:https?:\/\/|www\.)\S*[^\s.,;:!?)\]]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w@])@\w(?:[\w.]*\w)?)|(?<number>[+\uFF0B(]*\p{Nd}(?:[ \u00A0\u2007\u2009\u202F()./\u2010-\u2015\u2212-]{0,4}\p{Nd}){5,})/giu;

export type Part = { kind: "words" | "address" | "number"; text: string };

/** A line in parts: telephone numbers and addresses, which read from left to right, and the words. */
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
/** A number with the bracket that ends it, if it began within the number: "555 0148 (030)". */
const closed = (number: string, rest: string): string =>
  rest.startsWith(")") && count(number, "(") > count(number, ")") ? `${number})` : number;

const marked = ({ kind, text }: Part): string => {
  if (kind === "words") return text;
  return kind === "number" ? `${LRI}${LRO}${text}${PDF}${PDI}` : `${LRI}${text}${PDI}`;
};

/** A text for the inside of a sentence, set apart where the sentence's direction could change it. */
export function isolate(text: string, sentence: Direction): string {
  const mayChange = sentence === "ltr" ? RIGHT_TO_LEFT : NOT_RIGHT_TO_LEFT;
  if (!mayChange.test(text)) return text;
  return `${FSI}${partsOf(text).map(marked).join("")}${PDI}`;
}

type Values = Record<string, unknown>;
/** A translator that sets apart every text which it fills into a sentence. */
export function isolating<Translator extends CallableFunction>(
  translator: Translator,
  sentence: Direction,
): Translator {
  // Every translator of use-intl has it.
  const raw = Reflect.get(translator, "raw") as (key: string) => unknown;
  const apart = (key: string, values: Values | undefined) => {
    if (!values) return values;
    let message: unknown;
    const entries = Object.entries(values).map(([name, value]) => {
      if (typeof value !== "string") return [name, value];
      const own = isolate(value, sentence);
      if (own === value) return [name, value];
      message ??= raw(key);
      // By the other arguments a message chooses; they are none of anybody's words.
      return [name, String(message).includes(`{${name}}`) ? own : value];
    });
    return Object.fromEntries(entries);
  };
  return new Proxy(translator, {
    apply: (target, self, [key, values, ...rest]) =>
      Reflect.apply(target, self, [key, apart(key, values), ...rest]),
    get: (target, name) => {
      const own: unknown = Reflect.get(target, name);
      if (typeof own !== "function" || (name !== "rich" && name !== "markup")) return own;
      return (key: string, values?: Values, ...rest: unknown[]) =>
        Reflect.apply(own, target, [key, apart(key, values), ...rest]);
    },
  });
}
