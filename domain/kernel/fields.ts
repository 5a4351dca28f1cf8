/** What a schema says about a field: how its text is read, and what stands in for an invalid value. */
import * as z from "zod/mini";
import type { InputOf, Shape } from "./input";

type Schema = z.core.$ZodType;
type Kind = "text" | "number" | "boolean" | "list" | "other";

export type Field = {
  /** `other` is what no single control or parameter holds, such as an object. */
  kind: Kind;
  /** The schema cleans its text. Other texts, such as passwords, are taken as typed. */
  isCleaned: boolean;
  isOptional: boolean;
  isNullable: boolean;
  /** The items of a list. */
  item?: { field: Field; schema: Schema };
};

const plain = (kind: Kind): Field => ({
  kind,
  isCleaned: false,
  isOptional: false,
  isNullable: false,
});

const kindOfLiterals = (values: readonly unknown[]): Kind => {
  const types = new Set(values.map((value) => typeof value));
  if (types.size !== 1) return "other";
  return types.has("number") ? "number" : types.has("string") ? "text" : "other";
};

/** Describes a field. */
export function fieldOf(schema: Schema): Field {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "string":
    case "enum":
      return plain("text");
    case "number":
      return plain("number");
    case "boolean":
      return plain("boolean");
    case "literal":
      return plain(kindOfLiterals(def.values));
    case "optional":
      return { ...fieldOf(def.innerType), isOptional: true };
    case "nullable":
      return { ...fieldOf(def.innerType), isNullable: true };
    case "default":
      return fieldOf(def.innerType);
    case "pipe":
      return { ...fieldOf(def.in), isCleaned: true };
    case "union": {
      const [first, ...others] = def.options.map(fieldOf);
      const isOne = first && others.every(({ kind }) => kind === first.kind);
      return isOne ? first : plain("other");
    }
    case "array": {
      const item = fieldOf(def.element);
      const isList = item.kind === "text" || item.kind === "number";
      return isList
        ? { ...plain("list"), item: { field: item, schema: def.element } }
        : plain("other");
    }
    default:
      return plain("other");
  }
}

/** A decimal number, NaN for any other text. */
const numberOf = (text: string): number =>
  /^-?\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;

/** The value that a text stands for, which the schema may still refuse. */
export function parseText({ kind, isCleaned }: Field, text: string): unknown {
  if (kind === "number") return numberOf(text);
  return isCleaned ? text.trim() : text;
}

/** What a schema reads when nothing is given: its default, or undefined. */
export const defaultOf = (schema: Schema): unknown => z.safeParse(schema, undefined).data;

/** A value as its schema reads it; the default for an invalid one. A list keeps its valid items, once each. */
function accepted(schema: Schema, value: unknown): unknown {
  const { item } = fieldOf(schema);
  const valid =
    item && Array.isArray(value)
      ? [...new Set(value.filter((each) => z.safeParse(item.schema, each).success))]
      : value;
  const read = z.safeParse(schema, valid);
  return read.success ? read.data : defaultOf(schema);
}

/** The columns that have the names of the shape's fields, for the `select` of a query. */
export const columnsOf = <Fields extends Shape>(shape: Fields) =>
  // A column for each field.
  Object.fromEntries(Object.keys(shape).map((name) => [name, true])) as {
    [Name in keyof Fields]: true;
  };

/** The values of an object, such as a stored row; see `readValues`. */
export function readObject<Fields extends Shape>(shape: Fields, object: object): InputOf<Fields> {
  const values = new Map<string, unknown>(Object.entries(object));
  return readValues(shape, (name) => values.get(name));
}

/**
 * Values from outside, each read by its own schema: an invalid one falls back to the default and
 * leaves the others as they are. Unknown names are ignored.
 */
export function readValues<Fields extends Shape>(
  shape: Fields,
  given: (name: string) => unknown,
): InputOf<Fields> {
  const entries = Object.entries(shape).map(([name, schema]) => [
    name,
    accepted(schema, given(name)),
  ]);
  // Each value is what its schema has read.
  return Object.fromEntries(entries) as InputOf<Fields>;
}
