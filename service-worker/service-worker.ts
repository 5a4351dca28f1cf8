/**
 * Stands between the pages and the line, and answers only when the line does not: with the last seen
 * home and account of whoever is signed in, else with the offline page. What may be kept, and when it
 * goes, is said in domain/offline/offline.ts.
 */
import {
  CACHED_AT,
  CACHED_LANGUAGE,
  cacheDecision,
  classifyRequest,
  fileStoreOf,
  filesIn,
  isBuiltFile,
  isCacheablePage,
  isExpired,
  isFresh,
  languageOf,
  OFFLINE_PATH,
  PAGES_STORE,
  SIGN_IN_PATH,
  stampCachedAt,
  type WorkerMessage,
} from "../domain/offline/offline";
import { type Asked, scope } from "./scope";

const FILES_STORE = fileStoreOf(scope.version);

/** Grows when a session begins or ends: what was asked for in an earlier one is not kept any more. */
let session = 0;
/** Pages that are being kept just now. */
const keeping = new Map<string, Promise<void>>();

scope.addEventListener("install", (event) => {
  scope.skipWaiting();
  // Without it the worker still serves; the next page that is read asks again.
  event.waitUntil(cacheOfflinePage().catch(ignore));
});

scope.addEventListener("activate", (event) => event.waitUntil(takeOver()));

scope.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname: path } = new URL(url);
  if (origin !== scope.location.origin) return;
  const care = classifyRequest({ method, mode, path });
  if (care === "session") event.respondWith(changeSession(event.request));
  if (care === "page") event.respondWith(showPage(event));
  if (care === "file") event.respondWith(showFile(event.request));
});

scope.addEventListener("message", (event) =>
  event.waitUntil(handleMessage(event.data as WorkerMessage).catch(ignore)),
);

const ignore = () => undefined;

/** A new version: what the one before kept goes, since the files of its pages do. */
async function takeOver(): Promise<void> {
  await clearCaches();
  for (const name of await caches.keys()) if (name !== FILES_STORE) await caches.delete(name);
  await scope.clients.claim();
}

async function handleMessage(told: WorkerMessage): Promise<void> {
  if (told.kind === "forget") return clearCaches();
  if (told.kind === "language") {
    await deleteOldCaches();
    const kept = await (await caches.open(FILES_STORE)).match(OFFLINE_PATH);
    if (kept?.headers.get(CACHED_LANGUAGE) !== told.language) await cacheOfflinePage(told.language);
    return;
  }
  await cacheFiles(told.files.filter(isBuiltFile));
  await refreshCache(told.path, told.language);
}

/** Ends what was kept of whoever is, or was, signed in. */
async function clearCaches(): Promise<void> {
  session += 1;
  await caches.delete(PAGES_STORE);
}

/** Before, since the wish is enough; and after, for what was asked for in between. */
async function changeSession(request: Request): Promise<Response> {
  await clearCaches();
  return fetch(request).finally(clearCaches);
}

/** A built file is the same for ever, so that the store may answer first: our letters are there at once. */
async function showFile(request: Request): Promise<Response> {
  const files = await caches.open(FILES_STORE);
  return (await files.match(request.url)) ?? fetch(request);
}

async function showPage(event: Asked): Promise<Response> {
  const url = new URL(event.request.url);
  const asked = session;
  try {
    const answer = await fetch(event.request);
    if (url.pathname === SIGN_IN_PATH) event.waitUntil(clearCaches());
    if (isCacheablePage(url))
      event.waitUntil(readHealth(url.pathname, answer.clone(), asked).catch(ignore));
    return answer;
  } catch {
    const kept = isCacheablePage(url) ? await cachedPage(url.pathname) : undefined;
    return kept ?? (await offlinePage()) ?? Response.error();
  }
}

/** @param asked the session in which the page was asked for */
function readHealth(path: string, answer: Response, asked: number): Promise<void> {
  const work = classify(path, answer, asked).finally(() => keeping.delete(path));
  keeping.set(path, work);
  return work;
}

async function classify(path: string, answer: Response, asked: number): Promise<void> {
  const { status, redirected, headers } = answer;
  const verdict = cacheDecision({ status, redirected, contentType: headers.get("content-type") });
  if (verdict === "leave") return;
  const html = verdict === "keep" ? await answer.text() : "";
  if (html) await cacheFiles(filesIn(html));
  if (asked !== session) return;
  const pages = await caches.open(PAGES_STORE);
  if (html) await pages.put(path, copyOf(html, headers));
  else await pages.delete(path);
  // It may have ended while that was written.
  if (asked !== session) await pages.delete(path);
}

/** Asks for a page that is being read, unless its copy is young. */
async function refreshCache(path: string, language: string): Promise<void> {
  if (!isCacheablePage({ pathname: path, search: "" })) return;
  await keeping.get(path);
  const kept = await (await caches.open(PAGES_STORE)).match(path);
  if (kept) {
    const copy = { at: seenAt(kept), language: kept.headers.get(CACHED_LANGUAGE) };
    if (isFresh(copy, language, Date.now())) return;
  }
  const asked = session;
  await readHealth(path, await fetch(path, { redirect: "manual" }), asked);
}

/** @param read the language for which it is asked; it is of no community, and may answer in another */
async function cacheOfflinePage(read?: string): Promise<void> {
  const answer = await fetch(OFFLINE_PATH, { redirect: "manual" });
  if (!answer.ok) return;
  const html = await answer.text();
  await cacheFiles(filesIn(html));
  await (await caches.open(FILES_STORE)).put(OFFLINE_PATH, copyOf(html, answer.headers, read));
}

/** The files that are not kept yet; one that cannot be had does not keep the others away. */
async function cacheFiles(paths: string[]): Promise<void> {
  const files = await caches.open(FILES_STORE);
  const keep = async (path: string) => {
    if (await files.match(path)) return;
    const answer = await fetch(path);
    if (answer.ok) await files.put(path, answer);
  };
  await Promise.all(paths.map((path) => keep(path).catch(ignore)));
}

/** A page as it is kept: with its own headers, so that its scripts fit its policy. */
function copyOf(html: string, headers: Headers, language = languageOf(html)): Response {
  const kept = new Headers(headers);
  // They told of the bytes on the line.
  for (const name of ["content-encoding", "content-length", "vary"]) kept.delete(name);
  kept.set(CACHED_AT, String(Date.now()));
  kept.set(CACHED_LANGUAGE, language);
  return new Response(html, { headers: kept });
}

const seenAt = (kept: Response): number => Number(kept.headers.get(CACHED_AT));

async function cachedPage(path: string): Promise<Response | undefined> {
  await deleteOldCaches();
  const kept = await (await caches.open(PAGES_STORE)).match(path);
  return kept && markedAnswer(kept, seenAt(kept));
}

async function offlinePage(): Promise<Response | undefined> {
  const kept = await (await caches.open(FILES_STORE)).match(OFFLINE_PATH);
  return kept && markedAnswer(kept, 0);
}

const markedAnswer = async (kept: Response, at: number): Promise<Response> =>
  new Response(stampCachedAt(await kept.text(), at), { headers: kept.headers });

async function deleteOldCaches(): Promise<void> {
  const pages = await caches.open(PAGES_STORE);
  for (const request of await pages.keys()) {
    const kept = await pages.match(request);
    if (kept && isExpired(seenAt(kept), Date.now())) await pages.delete(request);
  }
}
