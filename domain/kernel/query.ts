/** Reads and writes the query of a URL by a schema. */
import { defaultOf, fieldOf, parseText, readValues } from "./fields";
import type { InputOf, Shape } from "./input";

/** The parameters of a URL, as Next gives them to a page. */
export type SearchParams = Record<string, string | string[] | undefined>;

/**
 * The values in the query of a URL. An invalid, repeated or missing parameter falls back to the
 * default of its field; a list is a repeated parameter.
 */
export const parseSearchParams = <Fields extends Shape>(
  shape: Fields,
  given: SearchParams | URLSearchParams,
): InputOf<Fields> =>
  readValues(shape, (name) => {
    const texts = textsOf(given, name);
    const schema = shape[name];
    if (!schema || texts.length === 0) return undefined;
    const field = fieldOf(schema);
    const { item } = field;
    if (item) return texts.map((text) => parseText(item.field, text));
    const [text = "", ...others] = texts;
    if (others.length > 0) return undefined;
    if (field.kind === "boolean") return BOOLEANS.get(text);
    return parseText(field, text);
  });

const BOOLEANS = new Map([
  ["1", true],
  ["0", false],
]);

function textsOf(given: SearchParams | URLSearchParams, name: string): string[] {
  if (given instanceof URLSearchParams) return given.getAll(name);
  return Object.hasOwn(given, name) ? [given[name] ?? []].flat() : [];
}

/** The query of a URL that `parseSearchParams` reads as these values; defaults are left out. */
export function toSearchParams<Fields extends Shape>(
  shape: Fields,
  values: Partial<InputOf<Fields>>,
): URLSearchParams {
  const given: Record<string, unknown> = values;
  const query = new URLSearchParams();
  for (const [name, schema] of Object.entries(shape)) {
    const value = given[name];
    if (value === undefined || value === null) continue;
    if (JSON.stringify(value) === JSON.stringify(defaultOf(schema))) continue;
    for (const each of [value].flat()) {
      query.append(name, typeof each === "boolean" ? String(Number(each)) : String(each));
    }
  }
  return query;
}

/** A path with a query, where there is one. */
export const withQuery = (path: string, query: URLSearchParams): string =>
  query.size > 0 ? `${path}?${query}` : path;
