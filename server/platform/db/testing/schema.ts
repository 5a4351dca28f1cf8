/**
 * The tables as prisma/schema/ declares them, so that a test of all tables has a new one at once.
 * migrate.db.test.ts checks that the migrated database has exactly these tables, keys and references.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(process.cwd(), "prisma/schema");

export type Column = {
  name: string;
  /** The type in the schema file, such as `String` or an enum's name. */
  type: string;
  isList: boolean;
  isOptional: boolean;
  isUuid: boolean;
  /** Computed by the database; a row cannot set it. */
  isGenerated: boolean;
};

export type Reference = {
  columns: string[];
  parent: string;
  onDelete: "Restrict" | "Cascade" | "SetNull";
};

export type SchemaTable = {
  name: string;
  columns: Column[];
  /** The primary key first, then the unique ones. */
  keys: string[][];
  references: Reference[];
};

type Field = { name: string; type: string; suffix: string; attributes: string };

const text = readdirSync(FOLDER)
  .map((file) => readFileSync(join(FOLDER, file), "utf8"))
  .join("\n")
  // A quoted text has no slashes in our schema.
  .replaceAll(/\/\/.*$/gm, "");

const mapped = (attributes: string): string | undefined =>
  /(?<!@db\S*)@map\("(\w+)"\)/.exec(attributes)?.[1];

const blocks = (kind: "model" | "enum") =>
  [...text.matchAll(new RegExp(`^${kind} (\\w+) \\{\\n(.*?)^\\}`, "gms"))].map(
    ([, name = "", body = ""]) => ({ name, lines: body.split("\n").map((each) => each.trim()) }),
  );

/** The values of each enum. */
export const enums = new Map(
  blocks("enum").map(({ name, lines }) => [
    name,
    lines.flatMap((each) => /^\w+/.exec(each)?.[0] ?? []),
  ]),
);

const models = blocks("model").map(({ name, lines }) => ({
  name,
  table: lines.map((each) => /^@@map\("(\w+)"\)/.exec(each)?.[1]).find(Boolean) ?? name,
  blockAttributes: lines.filter((each) => each.startsWith("@@")),
  fields: lines.flatMap((each): Field[] => {
    const [, field, type, suffix, attributes] =
      /^(\w+)\s+(\w+(?:\(".*?"\))?)(\[\]|\?)?\s*(.*)$/.exec(each) ?? [];
    return field && type
      ? [{ name: field, type, suffix: suffix ?? "", attributes: attributes ?? "" }]
      : [];
  }),
}));

const namesIn = (list: string | undefined): string[] => list?.match(/\w+/g) ?? [];

/** Every table of the schema. */
export const schemaTables: SchemaTable[] = models.map(({ table, fields, blockAttributes }) => {
  const parents = new Map(models.map((model) => [model.name, model.table]));
  const columnOf = (field: string): string =>
    mapped(fields.find(({ name }) => name === field)?.attributes ?? "") ?? field;
  const columns = fields
    .filter(({ type }) => !parents.has(type))
    .map(({ name, type, suffix, attributes }) => ({
      name: columnOf(name),
      type,
      isList: suffix === "[]",
      isOptional: suffix === "?",
      isUuid: attributes.includes("@db.Uuid"),
      isGenerated: attributes.includes("@default(dbgenerated"),
    }));
  const single = (attribute: RegExp) =>
    fields
      .filter(({ attributes }) => attribute.test(attributes))
      .map(({ name }) => [columnOf(name)]);
  const composite = (attribute: string) =>
    blockAttributes
      .filter((each) => each.startsWith(`@@${attribute}(`))
      .map((each) => namesIn(/\[(.*?)\]/.exec(each)?.[1]).map(columnOf));
  const keys = [
    ...single(/@id\b/),
    ...composite("id"),
    ...single(/@unique\b/),
    ...composite("unique"),
  ];
  const references = fields.flatMap(({ type, suffix, attributes }): Reference[] => {
    const own = namesIn(/fields: \[(.*?)\]/.exec(attributes)?.[1]);
    if (own.length === 0) return [];
    const isOptional = (field: string) => fields.find(({ name }) => name === field)?.suffix === "?";
    const declared = /onDelete: (\w+)/.exec(attributes)?.[1];
    // Prisma's default.
    const usual = suffix === "?" && own.every(isOptional) ? "SetNull" : "Restrict";
    return [
      {
        columns: own.map(columnOf),
        parent: parents.get(type) ?? type,
        onDelete:
          declared === "Cascade" || declared === "SetNull"
            ? declared
            : declared
              ? "Restrict"
              : usual,
      },
    ];
  });
  return { name: table, columns, keys, references };
});

/** @throws when the schema has no such table */
export function schemaTable(name: string): SchemaTable {
  const table = schemaTables.find((each) => each.name === name);
  if (!table) throw new Error(`prisma/schema/ has no table ${name}.`);
  return table;
}
