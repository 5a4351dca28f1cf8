/** The door for the worker that lets a phone read without a line: its script, as the build made it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { env } from "../../platform/env";

/** Made by scripts/build.ts; the stamp names the sources, and is the same on every instance. */
const BUILT = join(process.cwd(), ".next");
const STAMP = join(BUILT, "evenhour-sources");

/** Whether devices may keep pages to read them without a line. */
export const cachesPages = (): boolean => env().EVENHOUR_OFFLINE;

/** Answers /worker.js: the worker of this version, or one that ends it where the house wants none. */
export async function workerScript(): Promise<Response> {
  const name = cachesPages() ? "service-worker" : "unregister";
  const [script, version] = await Promise.all([
    readFile(join(BUILT, "offline", `${name}.js`), "utf8"),
    readFile(STAMP, "utf8"),
  ]).catch(() => ["", ""]);
  // While developing there is none.
  if (!script) return new Response(null, { status: 404 });
  return new Response(`self.version="${version.slice(0, 16)}";${script}`, {
    headers: { "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "no-cache" },
  });
}
