/** Serves the script of the service worker, which caches pages for offline reading. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { env } from "../../platform/env";

/** Made by scripts/build.ts; the stamp is a hash of the sources, the same on every instance. */
const BUILT = join(process.cwd(), ".next");
const STAMP = join(BUILT, "evenhour-sources");

/** Whether devices may cache pages for offline reading. */
export const cachesPages = (): boolean => env().EVENHOUR_OFFLINE;

/** Answers /worker.js: the service worker, or one that unregisters it where offline pages are off. */
export async function workerScript(): Promise<Response> {
  const name = cachesPages() ? "service-worker" : "unregister";
  const [script, version] = await Promise.all([
    readFile(join(BUILT, "offline", `${name}.js`), "utf8"),
    readFile(STAMP, "utf8"),
  ]).catch(() => ["", ""]);
  // There is no build in development.
  if (!script) return new Response(null, { status: 404 });
  return new Response(`self.version="${version.slice(0, 16)}";${script}`, {
    headers: { "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "no-cache" },
  });
}
