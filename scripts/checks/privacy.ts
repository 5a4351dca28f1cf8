/** Compares the columns that the schema marks as personal with the retention table of docs/privacy.md. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Column = {
  table: string;
  column: string;
  /** The type in the schema file, such as `String` or an enum's name. */
  type: string;
  isUuid: boolean;
  isPersonal: boolean;
};

/** The columns of all models of a schema's text. */
export function columnsOf(schema: string): Column[] {
  const models = [...schema.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)];
  const names = new Set(models.map(([, name]) => name));
  return models.flatMap(([, , body = ""]) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? "";
    return body.split("\n").flatMap((line) => {
      const [, field, type] = /^ {2}(\w+)\s+(\w+)/.exec(line) ?? [];
      if (!field || !type || names.has(type)) return [];
      return {
        table,
        column: /(?<!@)@map\("(\w+)"\)/.exec(line)?.[1] ?? field,
        type,
        isUuid: line.includes("@db.Uuid"),
        isPersonal: /\/\/\/ @personal$/.test(line),
      };
    });
  });
}

export const readColumns = (): Column[] => {
  const folder = "prisma/schema";
  const files = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  return columnsOf(files.join("\n"));
};

/** What can hold anything that a person wrote, or a day that they chose. Numbers and enums are marked by hand. */
const OPEN_TYPES = ["String", "Json", "Bytes", "DateTime", "Unsupported"];

/** Kinds of columns that are not personal by themselves. */
const NOT_PERSONAL: readonly RegExp[] = [
  // When a row was written, used or ends: it stays as long as the row.
  /\.\w+_at$|\.at$|^thanks\.shown_from$|\.digest_until$/,
  // Hashes of random tokens and of content, and an encrypted token.
  /\.(setup_)?token_hash$|\.(content_hash|sha256)$|^mail_token\.sealed$|^push\.topic$/,
  // Count attempts; server/platform/rate-limit.ts.
  /^rate_limit\.expire$/,
  // About the community and its parts of town.
  /^community\.|^neighbourhood\.name$/,
  // Ids of what an e-mail is about.
  /^mail\.thread$/,
  // The format of a picture.
  /^photo\.content_type$/,
];

const nameOf = ({ table, column }: Column) => `${table}.${column}`;

/** The columns that are neither marked as personal nor of a kind that is not. */
export const undecided = (columns: readonly Column[]): string[] =>
  columns
    .filter(({ type, isUuid, isPersonal }) => OPEN_TYPES.includes(type) && !isUuid && !isPersonal)
    .map(nameOf)
    .filter((name) => !NOT_PERSONAL.some((kind) => kind.test(name)));

/** A row of the retention table: its columns of the schema, and how long they are stored. */
type Row = { columns: string[]; howLong: string };

/** The rows of the retention table, which starts with a table's name. */
export const rowsOf = (markdown: string): Row[] =>
  markdown.split("\n").flatMap((line) => {
    const [, table, columns = "", , howLong = ""] = line.split("|").map((cell) => cell.trim());
    const name = /^`(\w+)`$/.exec(table ?? "")?.[1];
    if (!name) return [];
    const named = [...columns.matchAll(/`(\w+)`/g)].map(([, column]) => `${name}.${column}`);
    return { columns: named, howLong };
  });

/** The differences between the marked columns and the retention table, a sentence each. */
export function differences(columns: readonly Column[], rows: readonly Row[]): string[] {
  const marked = new Set(columns.filter(({ isPersonal }) => isPersonal).map(nameOf));
  const documented = rows.flatMap((row) => row.columns);
  return [
    ...[...marked]
      .filter((name) => !documented.includes(name))
      .map((name) => `${name} is marked as personal and not in docs/privacy.md`),
    ...documented
      .filter((name) => !marked.has(name))
      .map((name) => `${name} is in docs/privacy.md and not marked as personal`),
    ...documented
      .filter((name, index) => documented.indexOf(name) !== index)
      .map((name) => `${name} is in docs/privacy.md twice`),
  ];
}
