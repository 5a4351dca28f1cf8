/** Finds where a component shows a member's name without the coordinator badge. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const NAME = /^(displayName|counterpartName)$/;
/** The only component that displays a member's name. */
const COMPONENT = "components/member/member-name.tsx";
/** Attributes that are displayed as text. */
const SHOWN = new Set(["title", "detail", "lead", "start", "end", "eyebrow", "footer", "summary"]);

/**
 * The lines of a .tsx file in which a name is a text of its own: a child of an element, or a displayed
 * attribute. A name within a sentence is an argument of a call, and allowed.
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
    // Arguments belong to a sentence; the callee may be a method of the name.
    if (ts.isCallExpression(node)) {
      look(node.expression);
      return;
    }
    // The condition of a conditional expression is not displayed.
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

/** Local variables that hold a member's name. */
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

/** `path:line` of each bare name in components/ and app/. */
export const bareNamesOfPages = (): string[] =>
  ["components", "app"]
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
    )
    .filter((path) => path.endsWith(".tsx") && path !== COMPONENT)
    .flatMap((path) => bareNames(readFileSync(path, "utf8")).map((line) => `${path}:${line}`));
