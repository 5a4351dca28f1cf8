/**
 * Network-first service worker. When the network fails it serves the cached home and account pages of
 * the signed-in user, else the offline page. domain/offline/offline.ts has the rules of what is cached
 * and when it is deleted.
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
import { listenForPushes } from "./notifications";
import { type FetchEvent, scope } from "./scope";

const FILES_STORE = fileStoreOf(scope.version);

/** Incremented when a session begins or ends. A page requested in an earlier session is not cached. */
let session = 0;
/** Cache updates in progress, by path. */
const updates = new Map<string, Promise<void>>();

scope.addEventListener("install", (event) => {
  scope.skipWaiting();
  // The worker works without the offline page; the next page that is read requests it again.
  event.waitUntil(cacheOfflinePage().catch(ignore));
});

scope.addEventListener("activate", (event) => event.waitUntil(takeOver()));

scope.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname: path } = new URL(url);
  if (origin !== scope.location.origin) return;
  const kind = classifyRequest({ method, mode, path });
  if (kind === "session") event.respondWith(changeSession(event.request));
  if (kind === "page") event.respondWith(servePage(event));
  if (kind === "file") event.respondWith(serveFile(event.request));
});

scope.addEventListener("message", (event) =>
  event.waitUntil(handleMessage(event.data as WorkerMessage).catch(ignore)),
);

listenForPushes();

const ignore = () => undefined;

/** Deletes the pages cached by the previous version as well: their files are deleted here. */
async function takeOver(): Promise<void> {
  await clearPages();
  for (const name of await caches.keys()) if (name !== FILES_STORE) await caches.delete(name);
  await scope.clients.claim();
}

async function handleMessage(message: WorkerMessage): Promise<void> {
  if (message.kind === "forget") return clearPages();
  if (message.kind === "language") {
    await deleteExpiredPages();
    const cached = await (await caches.open(FILES_STORE)).match(OFFLINE_PATH);
    if (cached?.headers.get(CACHED_LANGUAGE) !== message.language) {
      await cacheOfflinePage(message.language);
    }
    return;
  }
  await cacheFiles(message.files.filter(isBuiltFile));
  await refreshPage(message.path, message.language);
}

/** Deletes the cached pages of the user who is, or was, signed in. */
async function clearPages(): Promise<void> {
  session += 1;
  await caches.delete(PAGES_STORE);
}

/** Clears before the request, in case the server never answers, and after it, for pages read meanwhile. */
async function changeSession(request: Request): Promise<Response> {
  await clearPages();
  return fetch(request).finally(clearPages);
}

/** Cache-first, since a built file never changes under its name; fonts appear at once. */
async function serveFile(request: Request): Promise<Response> {
  const files = await caches.open(FILES_STORE);
  return (await files.match(request.url)) ?? fetch(request);
}

async function servePage(event: FetchEvent): Promise<Response> {
  const url = new URL(event.request.url);
  const requestedIn = session;
  try {
    const response = await fetch(event.request);
    if (url.pathname === SIGN_IN_PATH) event.waitUntil(clearPages());
    if (isCacheablePage(url))
      event.waitUntil(updatePage(url.pathname, response.clone(), requestedIn).catch(ignore));
    return response;
  } catch {
    const cached = isCacheablePage(url) ? await cachedPage(url.pathname) : undefined;
    return cached ?? (await offlinePage()) ?? Response.error();
  }
}

/** @param requestedIn the session in which the page was requested */
function updatePage(path: string, response: Response, requestedIn: number): Promise<void> {
  const update = applyResponse(path, response, requestedIn).finally(() => updates.delete(path));
  updates.set(path, update);
  return update;
}

async function applyResponse(path: string, response: Response, requestedIn: number): Promise<void> {
  const { status, redirected, headers } = response;
  const decision = cacheDecision({ status, redirected, contentType: headers.get("content-type") });
  if (decision === "leave") return;
  const html = decision === "keep" ? await response.text() : "";
  if (html) await cacheFiles(filesIn(html));
  if (requestedIn !== session) return;
  const pages = await caches.open(PAGES_STORE);
  if (html) await pages.put(path, copyOf(html, headers));
  else await pages.delete(path);
  // The session may have ended during the write.
  if (requestedIn !== session) await pages.delete(path);
}

/** Requests the page that is open, unless its cached copy is fresh. */
async function refreshPage(path: string, language: string): Promise<void> {
  if (!isCacheablePage({ pathname: path, search: "" })) return;
  await updates.get(path);
  const cached = await (await caches.open(PAGES_STORE)).match(path);
  if (cached) {
    const copy = { at: cachedAtOf(cached), language: cached.headers.get(CACHED_LANGUAGE) };
    if (isFresh(copy, language, Date.now())) return;
  }
  const requestedIn = session;
  await updatePage(path, await fetch(path, { redirect: "manual" }), requestedIn);
}

/**
 * @param language the language that the device reads. The page belongs to no community, so that it may
 *   come in another one; this records what was wanted.
 */
async function cacheOfflinePage(language?: string): Promise<void> {
  const response = await fetch(OFFLINE_PATH, { redirect: "manual" });
  if (!response.ok) return;
  const html = await response.text();
  await cacheFiles(filesIn(html));
  await (await caches.open(FILES_STORE)).put(
    OFFLINE_PATH,
    copyOf(html, response.headers, language),
  );
}

/** Caches the files that are missing. A file that fails does not stop the others. */
async function cacheFiles(paths: string[]): Promise<void> {
  const files = await caches.open(FILES_STORE);
  const cacheFile = async (path: string) => {
    if (await files.match(path)) return;
    const response = await fetch(path);
    if (response.ok) await files.put(path, response);
  };
  await Promise.all(paths.map((path) => cacheFile(path).catch(ignore)));
}

/** A page to cache, with its own headers: its scripts need the nonce of its content security policy. */
function copyOf(html: string, original: Headers, language = languageOf(html)): Response {
  const headers = new Headers(original);
  // These describe the bytes that were transferred, not this text.
  for (const name of ["content-encoding", "content-length", "vary"]) headers.delete(name);
  headers.set(CACHED_AT, String(Date.now()));
  headers.set(CACHED_LANGUAGE, language);
  return new Response(html, { headers });
}

const cachedAtOf = (cached: Response): number => Number(cached.headers.get(CACHED_AT));

async function cachedPage(path: string): Promise<Response | undefined> {
  await deleteExpiredPages();
  const cached = await (await caches.open(PAGES_STORE)).match(path);
  return cached && stamped(cached, cachedAtOf(cached));
}

async function offlinePage(): Promise<Response | undefined> {
  const cached = await (await caches.open(FILES_STORE)).match(OFFLINE_PATH);
  return cached && stamped(cached, 0);
}

const stamped = async (cached: Response, at: number): Promise<Response> =>
  new Response(stampCachedAt(await cached.text(), at), { headers: cached.headers });

async function deleteExpiredPages(): Promise<void> {
  const pages = await caches.open(PAGES_STORE);
  for (const request of await pages.keys()) {
    const cached = await pages.match(request);
    if (cached && isExpired(cachedAtOf(cached), Date.now())) await pages.delete(request);
  }
}
