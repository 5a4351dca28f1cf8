/** Each page sends exactly the messages that its client components use. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = dirname(import.meta.dirname);
/** What every page has: see messages-provider.tsx. */
const ANYWHERE = ["site", "savedPages"];

/** The project's files that a module imports. */
function loadedBy(file: string, text: string): string[] {
  const imports = /^(?:import|export)(?! type)[^;]*?from\s+"([^"]+)"|import\("([^"]+)"\)/gms;
  return [...text.matchAll(imports)].flatMap(([, named, late]) => {
    const from = named ?? late ?? "";
    const base = from.startsWith("@/")
      ? join(ROOT, from.slice(2))
      : from.startsWith(".")
        ? join(dirname(file), from)
        : "";
    return [`${base}.tsx`, `${base}.ts`].filter((path) => base && existsSync(path)).slice(0, 1);
  });
}

/** The namespaces that the client components of a page use. */
function wordsOf(page: string): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const walk = (file: string, inBrowser: boolean) => {
    const visit = `${file} ${inBrowser}`;
    if (seen.has(visit)) return;
    seen.add(visit);
    const text = readFileSync(file, "utf8");
    const isClient = inBrowser || text.startsWith('"use client"');
    const read = isClient ? text.matchAll(/useTranslations\("([^".]+)/g) : [];
    for (const [, space = ""] of read) found.add(space);
    for (const next of loadedBy(file, text)) walk(next, isClient);
  };
  walk(page, false);
  return [...found].sort();
}

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((path) => /(^|\/)(page|layout|error|not-found)\.tsx$/.test(path))
  .map((path) => join(import.meta.dirname, path));

const declaredBy = (file: string): string[] | undefined => {
  const [, list] = /withMessages\(\s*(\[[^\]]*\])/.exec(readFileSync(file, "utf8")) ?? [];
  return list && JSON.parse(list.replace(/,\s*\]/, "]"));
};

describe("the messages of a page", () => {
  it.each(files.map((file) => [relative(ROOT, file), file]))("%s", (_, file) => {
    const needed = wordsOf(file);
    const declared = declaredBy(file);
    if (declared) expect(declared).toEqual(needed);
    else expect(needed.filter((space) => !ANYWHERE.includes(space))).toEqual([]);
  });

  it("are found through components, aliases and dynamic imports", () => {
    const page = (path: string) => join(import.meta.dirname, "[community]", path, "page.tsx");
    expect(wordsOf(page("exchanges/[id]"))).toContain("thanksForm");
    expect(wordsOf(page("browse"))).toContain("map");
  });
});
