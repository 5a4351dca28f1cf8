/** Limits of every procedure's input, so that each value fits its column. */
import { expect, it } from "vitest";
import { z } from "zod";
import { appRouter } from "../root";

type Shape = {
  type?: string;
  properties?: Record<string, Shape>;
  additionalProperties?: unknown;
  items?: Shape;
  anyOf?: Shape[];
  enum?: unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  pattern?: string;
  maxItems?: number;
};
type Procedure = { _def: { inputs: z.ZodType[] } };

/** The largest `integer` of PostgreSQL. */
const MOST = 2 ** 31 - 1;

/** All parts of a schema, with their paths. */
function* partsOf(shape: Shape, path: string): Generator<[string, Shape]> {
  yield [path, shape];
  for (const [key, part] of Object.entries(shape.properties ?? {})) {
    yield* partsOf(part, `${path}.${key}`);
  }
  for (const part of shape.anyOf ?? []) yield* partsOf(part, path);
  if (shape.items) yield* partsOf(shape.items, `${path}[]`);
}

const procedures = Object.entries(appRouter._def.procedures) as unknown as [string, Procedure][];
const parts = procedures.flatMap(([path, { _def }]) =>
  _def.inputs.flatMap((input) => [
    ...partsOf(z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) as Shape, path),
  ]),
);
const ofType = (type: string) => parts.filter(([, shape]) => shape.type === type);

it("takes strict objects only", () => {
  for (const [path, { additionalProperties }] of ofType("object")) {
    expect(additionalProperties, path).toBe(false);
  }
});

it("takes whole numbers that a column can hold", () => {
  expect(ofType("number").filter(([, shape]) => !("const" in shape || shape.enum))).toEqual([]);
  for (const [path, { minimum = -Infinity, maximum = Infinity }] of ofType("integer")) {
    expect(minimum, path).toBeGreaterThanOrEqual(-MOST);
    expect(maximum, path).toBeLessThanOrEqual(MOST);
  }
  expect(ofType("integer").length).toBeGreaterThan(10);
});

it("takes texts and lists with an end", () => {
  for (const [path, { maxLength, pattern, enum: some, const: one, maxItems }] of [
    ...ofType("string"),
    ...ofType("array"),
  ]) {
    expect(maxLength ?? pattern ?? some ?? one ?? maxItems, path).toBeDefined();
  }
});
