/** Reads the messages and the sources that use them, for messages.test.ts. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import ts from "typescript";

/** Messages by full key, such as `home.title`. */
export type MessageCatalogue = Map<string, string>;
type Tree = { [key: string]: string | Tree };

export function flat(tree: Tree, before = ""): MessageCatalogue {
  const found: MessageCatalogue = new Map();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") found.set(`${before}${key}`, value);
    else for (const [inner, message] of flat(value, `${before}${key}.`)) found.set(inner, message);
  }
  return found;
}

/** @throws when two files of a language have the same namespace */
export function readCatalogue(language: string): MessageCatalogue {
  const folder = `messages/${language}`;
  const tree: Tree = {};
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".json"))) {
    for (const [key, value] of Object.entries(
      JSON.parse(readFileSync(join(folder, name), "utf8")) as Tree,
    )) {
      if (key in tree) throw new Error(`${folder}/${name}: "${key}" stands in another file too.`);
      tree[key] = value;
    }
  }
  return flat(tree);
}

/** A message's arguments with their kinds, and its tags; sorted. */
export function argumentsOf(message: string): string[] {
  const found = new Set<string>();
  const look = (elements: MessageFormatElement[]) => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      if (element.type === TYPE.tag) {
        found.add(`<${element.value}>`);
        look(element.children);
        continue;
      }
      found.add(`{${element.value}}`);
      if (element.type === TYPE.select || element.type === TYPE.plural) {
        for (const option of Object.values(element.options)) look(option.value);
      }
    }
  };
  look(parse(message));
  return [...found].sort();
}

/** The plural categories of a language that a message lacks. */
export function missingPlurals(message: string, categories: readonly string[]): string[] {
  const missing = new Set<string>();
  const look = (elements: MessageFormatElement[]) => {
    for (const element of elements) {
      if (element.type === TYPE.tag) look(element.children);
      if (element.type !== TYPE.select && element.type !== TYPE.plural) continue;
      if (element.type === TYPE.plural) {
        for (const category of categories) if (!element.options[category]) missing.add(category);
      }
      for (const option of Object.values(element.options)) look(option.value);
    }
  };
  look(parse(message));
  return [...missing];
}

export type Source = { path: string; text: string };

const FOLDERS = ["app", "components", "domain", "server"];

/** The source files that may contain or use texts of the interface. */
export const readSources = (): Source[] =>
  FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|generated\//.test(path))
      .map((path) => ({
        path: join(folder, path),
        text: readFileSync(join(folder, path), "utf8"),
      })),
  );

const parsed = ({ path, text }: Source) =>
  ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Everything in a file that may be a key or a part of one: strings, templates, property names. */
function piecesOf(source: Source): { texts: Set<string>; patterns: RegExp[] } {
  const texts = new Set<string>();
  const patterns: RegExp[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.add(node.text);
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) {
      if (ts.isIdentifier(node.name)) texts.add(node.name.text);
    }
    if (ts.isTemplateExpression(node)) {
      const parts = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
      // `${kind}.${category}` counts; `${a}${b}` would match any key.
      if (parts.some((part) => /[\w.]/.test(part))) {
        patterns.push(new RegExp(`^${parts.map(escaped).join("[^ ]+")}$`));
      }
    }
    ts.forEachChild(node, look);
  };
  look(parsed(source));
  // E-mails get their translator from a function in another file, which names the namespace.
  if (source.text.includes("mailTranslator(")) texts.add("mail");
  return { texts, patterns };
}

/**
 * Keys that no file uses. A file uses a key when it contains one of its namespaces and the rest of the key,
 * literally or as a template. A last part that is a code (a status, a category, an error) may be listed in
 * another file.
 */
export function unusedKeys(keys: Iterable<string>, sources: readonly Source[]): string[] {
  const files = sources.map(piecesOf);
  const everywhere = new Set(files.flatMap(({ texts }) => [...texts]));
  const isNamed = (key: string): boolean => {
    const parts = key.split(".");
    for (let cut = 0; cut < parts.length; cut += 1) {
      const space = parts.slice(0, cut).join(".");
      const rest = parts.slice(cut).join(".");
      for (const { texts, patterns } of files) {
        if (space !== "" && !texts.has(space)) continue;
        if (texts.has(rest) || patterns.some((pattern) => pattern.test(rest))) return true;
        // `t(code)`: the last part is a code, listed in some file.
        if (space !== "" && !rest.includes(".") && everywhere.has(rest)) return true;
      }
    }
    return false;
  };
  return [...keys].filter((key) => !isNamed(key));
}

/** Attributes whose text is displayed or read aloud. */
const SPOKEN = new Set([
  "alt",
  "aria-label",
  "aria-description",
  "placeholder",
  "title",
  "label",
  "hint",
  "lead",
  "summary",
  "pendingLabel",
  "confirmLabel",
  "cancelLabel",
  "question",
  "optional",
  "error",
]);

const isWords = (text: string) => /\p{L}{2}/u.test(text);

/** Hard-coded texts in the markup, as `path: text`. */
export function hardCodedTexts(source: Source): string[] {
  const found: string[] = [];
  const note = (text: string) => {
    if (isWords(text)) found.push(`${source.path}: ${text.trim()}`);
  };
  const look = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node.text);
    if (ts.isJsxExpression(node) && node.expression && ts.isStringLiteralLike(node.expression)) {
      if (ts.isJsxElement(node.parent) || ts.isJsxFragment(node.parent)) note(node.expression.text);
    }
    if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText())) {
      const value = node.initializer;
      if (value && ts.isStringLiteral(value)) note(value.text);
      if (value && ts.isJsxExpression(value) && value.expression) {
        if (ts.isStringLiteralLike(value.expression)) note(value.expression.text);
      }
    }
    ts.forEachChild(node, look);
  };
  look(parsed(source));
  return found;
}
