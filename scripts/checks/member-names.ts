/** Finds where a component shows a member's name without the coordinator badge. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const NAME = /^(displayName|counterpartName)$/;
/** The only component that writes a member's name. */
const COMPONENT = "components/member/member-name.tsx";
/** Attributes that become text on the page. */
const SHOWN = new Set(["title", "detail", "lead", "start", "end", "eyebrow", "footer", "summary"]);

/**
 * The lines of a .tsx file in which a name is a text of its own: a child of an element, or an
 * attribute that becomes one. A name within a sentence is an argument of a call.
 */
export function bareNames(text: string): number[] {
  const source = ts.createSourceFile("x.tsx", text, ts.ScriptTarget.Latest, true);
  const aliases = aliasesIn(source);
  const lines: number[] = [];
  const isName = (node: ts.Node): boolean =>
    (ts.isPropertyAccessExpression(node) && NAME.test(node.name.text)) ||
    (ts.isIdentifier(node) && aliases.has(node.text));
  const look = (node: ts.Node): void => {
    if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node)) return;
    // The arguments belong to a sentence; what is called may be a method of the name.
    if (ts.isCallExpression(node)) {
      look(node.expression);
      return;
    }
    // What only decides which of two texts is shown is no text.
    if (ts.isConditionalExpression(node)) {
      look(node.whenTrue);
      look(node.whenFalse);
      return;
    }
    if (isName(node)) {
      lines.push(source.getLineAndCharacterOfPosition(node.getStart()).line + 1);
      return;
    }
    ts.forEachChild(node, look);
  };
  const walk = (node: ts.Node): void => {
    if (ts.isJsxExpression(node) && node.expression) {
      const { parent } = node;
      const isText = ts.isJsxElement(parent) || ts.isJsxFragment(parent);
      const isShown = ts.isJsxAttribute(parent) && SHOWN.has(parent.name.getText());
      if (isText || isShown) look(node.expression);
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
  return lines;
}

/** What a name is called after it was taken out of its member. */
function aliasesIn(source: ts.SourceFile): Set<string> {
  const found = new Set<string>();
  const walk = (node: ts.Node): void => {
    if (ts.isBindingElement(node) && ts.isIdentifier(node.name)) {
      const property = node.propertyName ?? node.name;
      if (ts.isIdentifier(property) && NAME.test(property.text)) found.add(node.name.text);
    }
    if (
      ts.isVariableDeclaration(node) &&
      ts.isIdentifier(node.name) &&
      node.initializer &&
      ts.isPropertyAccessExpression(node.initializer) &&
      NAME.test(node.initializer.name.text)
    ) {
      found.add(node.name.text);
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
  return found;
}

/** `path:line` of each name that stands alone in components/ and app/. */
export const bareNamesOfPages = (): string[] =>
  ["components", "app"]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
    )
    .filter((path) => path.endsWith(".tsx") && path !== COMPONENT)
    .flatMap((path) => bareNames(readFileSync(path, "utf8")).map((line) => `${path}:${line}`));
