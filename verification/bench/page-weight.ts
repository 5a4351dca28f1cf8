/** The transfer size of a page. */
import { gunzipSync, gzipSync } from "node:zlib";
import type { Http } from "../kit/http";

export type Weight = {
  /** Bytes. */
  html: number;
  htmlGzipped: number;
  /** Bytes of the page's scripts, compressed as sent. */
  scripts: number;
  files: number;
};

/** The scripts of a page: in tags, in preloads, and in React's inline stream. */
export function scriptsIn(html: string): string[] {
  const withoutOld = html.replace(/<script[^>]*\bnomodule\b[^>]*>/gi, "");
  const found = withoutOld.matchAll(/\/?(?:_next\/)?(static\/chunks\/[^"'\\\s?<>]+\.js)/g);
  return [...new Set([...found].map(([, path]) => `/_next/${path}`))].sort();
}

export async function weigh(
  { send }: Http,
  path: string,
  headers: Record<string, string>,
): Promise<Weight> {
  const page = await send(path, { headers: { ...headers, "accept-encoding": "gzip" } });
  if (page.status !== 200) throw new Error(`${path} answers ${page.status}.`);
  const isZipped = page.headers["content-encoding"] === "gzip";
  const html = isZipped ? gunzipSync(page.body) : page.body;
  const files = scriptsIn(html.toString());
  let scripts = 0;
  for (const file of files) {
    const answer = await send(file, { headers: { "accept-encoding": "gzip" } });
    if (answer.status !== 200) throw new Error(`${file} answers ${answer.status}.`);
    const sent =
      answer.headers["content-encoding"] === "gzip" ? answer.body : gzipSync(answer.body);
    scripts += sent.length;
  }
  return {
    html: html.length,
    htmlGzipped: isZipped ? page.body.length : gzipSync(html).length,
    scripts,
    files: files.length,
  };
}
