/** The interface's messages in each language, from the product's own files. */
import { readdirSync, readFileSync } from "node:fs";
import type { InterfaceLanguage } from "@/domain/kernel/languages";

type Tree = { [key: string]: string | Tree };

/** @returns a function from a key such as `form.save` to its message, with simple arguments filled in */
export function wordsOf(language: InterfaceLanguage) {
  const tree: Tree = {};
  for (const file of readdirSync(`messages/${language}`).filter((name) => name.endsWith(".json"))) {
    Object.assign(tree, JSON.parse(readFileSync(`messages/${language}/${file}`, "utf8")));
  }
  return (key: string, values: Record<string, string> = {}): string => {
    let found: string | Tree | undefined = tree;
    for (const part of key.split(".")) found = typeof found === "object" ? found[part] : undefined;
    if (typeof found !== "string") throw new Error(`no message ${key} in ${language}`);
    return found.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  };
}
