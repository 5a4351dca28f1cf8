/** Reads the fields of a form by the schema of the procedure that it is sent to. */
import type * as z from "zod/mini";
import { fieldOf, parseText } from "./fields";
import type { Shape } from "./input";

/** What a form sends: the input of the schema, before it is cleaned. */
export type FormValues<Fields extends Shape> = z.input<z.ZodMiniObject<Fields>>;

/** The text of a control; "" if the form has none of this name. */
export const getText = (data: FormData, name: string): string => {
  const value = data.get(name);
  return typeof value === "string" ? value : "";
};

/**
 * The values of the controls that have the names of the shape's fields. A number is parsed (NaN when
 * it is none), a ticked box is true, a list has the value of each ticked box. An empty control is null
 * or undefined where the schema allows that. A field without a control is left out, and so is one that
 * no single control holds, such as an object.
 */
export function readForm<Fields extends Shape>(shape: Fields, data: FormData): FormValues<Fields> {
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(shape)) {
    const field = fieldOf(schema);
    const { kind, item, isOptional, isNullable } = field;
    if (kind === "boolean") {
      if (data.has(name) || !isOptional) values[name] = data.has(name);
    } else if (item) {
      const texts = data.getAll(name).filter((each) => typeof each === "string");
      values[name] = texts.map((text) => parseText(item.field, text));
    } else if (kind !== "other" && data.has(name)) {
      const text = getText(data, name);
      const isEmpty = text.trim() === "";
      if (isEmpty && isNullable) values[name] = null;
      else if (!isEmpty || !isOptional) values[name] = parseText(field, text);
    }
  }
  // What the member has not chosen or typed correctly is refused by the server, with a message at the field.
  return values as FormValues<Fields>;
}
