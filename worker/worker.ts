/**
 * Stands between the pages and the line, and answers only when the line does not: with the last seen
 * home and account of whoever is signed in, else with the offline page. What may be kept, and when it
 * goes, is said in server/domain/offline.ts.
 */
import {
  careFor,
  fileStoreOf,
  filesIn,
  isBuiltFile,
  isFresh,
  isKeptPage,
  isOver,
  KEPT_AT,
  KEPT_LANGUAGE,
  languageOf,
  marked,
  OFFLINE_PATH,
  PAGES_STORE,
  SIGN_IN_PATH,
  type Told,
  verdictOn,
} from "../server/domain/offline";
import { type Asked, scope } from "./scope";

const FILES_STORE = fileStoreOf(scope.version);

/** Grows when a session begins or ends: what was asked for in an earlier one is not kept any more. */
let session = 0;
/** Pages that are being kept just now. */
const keeping = new Map<string, Promise<void>>();

scope.addEventListener("install", (event) => {
  scope.skipWaiting();
  // Without it the worker still serves; the next page that is read asks again.
  event.waitUntil(keepOfflinePage().catch(ignore));
});

scope.addEventListener("activate", (event) => event.waitUntil(takeOver()));

scope.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname: path } = new URL(url);
  if (origin !== scope.location.origin) return;
  const care = careFor({ method, mode, path });
  if (care === "session") event.respondWith(changeSession(event.request));
  if (care === "page") event.respondWith(showPage(event));
  if (care === "file") event.respondWith(showFile(event.request));
});

scope.addEventListener("message", (event) =>
  event.waitUntil(hear(event.data as Told).catch(ignore)),
);

const ignore = () => undefined;

/** A new version: what the one before kept goes, since the files of its pages do. */
async function takeOver(): Promise<void> {
  await forget();
  for (const name of await caches.keys()) if (name !== FILES_STORE) await caches.delete(name);
  await scope.clients.claim();
}

async function hear(told: Told): Promise<void> {
  if (told.kind === "forget") return forget();
  if (told.kind === "language") {
    await throwAwayOld();
    const kept = await (await caches.open(FILES_STORE)).match(OFFLINE_PATH);
    if (kept?.headers.get(KEPT_LANGUAGE) !== told.language) await keepOfflinePage(told.language);
    return;
  }
  await keepFiles(told.files.filter(isBuiltFile));
  await keepAfresh(told.path, told.language);
}

/** Ends what was kept of whoever is, or was, signed in. */
async function forget(): Promise<void> {
  session += 1;
  await caches.delete(PAGES_STORE);
}

/** Before, since the wish is enough; and after, for what was asked for in between. */
async function changeSession(request: Request): Promise<Response> {
  await forget();
  return fetch(request).finally(forget);
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
    if (url.pathname === SIGN_IN_PATH) event.waitUntil(forget());
    if (isKeptPage(url)) event.waitUntil(learn(url.pathname, answer.clone(), asked).catch(ignore));
    return answer;
  } catch {
    const kept = isKeptPage(url) ? await keptPage(url.pathname) : undefined;
    return kept ?? (await offlinePage()) ?? Response.error();
  }
}

/** @param asked the session in which the page was asked for */
function learn(path: string, answer: Response, asked: number): Promise<void> {
  const work = judge(path, answer, asked).finally(() => keeping.delete(path));
  keeping.set(path, work);
  return work;
}

async function judge(path: string, answer: Response, asked: number): Promise<void> {
  const { status, redirected, headers } = answer;
  const verdict = verdictOn({ status, redirected, contentType: headers.get("content-type") });
  if (verdict === "leave") return;
  const html = verdict === "keep" ? await answer.text() : "";
  if (html) await keepFiles(filesIn(html));
  if (asked !== session) return;
  const pages = await caches.open(PAGES_STORE);
  if (html) await pages.put(path, copyOf(html, headers));
  else await pages.delete(path);
  // It may have ended while that was written.
  if (asked !== session) await pages.delete(path);
}

/** Asks for a page that is being read, unless its copy is young. */
async function keepAfresh(path: string, language: string): Promise<void> {
  if (!isKeptPage({ pathname: path, search: "" })) return;
  await keeping.get(path);
  const kept = await (await caches.open(PAGES_STORE)).match(path);
  if (kept) {
    const copy = { at: seenAt(kept), language: kept.headers.get(KEPT_LANGUAGE) };
    if (isFresh(copy, language, Date.now())) return;
  }
  const asked = session;
  await learn(path, await fetch(path, { redirect: "manual" }), asked);
}

/** @param read the language for which it is asked; it is of no community, and may answer in another */
async function keepOfflinePage(read?: string): Promise<void> {
  const answer = await fetch(OFFLINE_PATH, { redirect: "manual" });
  if (!answer.ok) return;
  const html = await answer.text();
  await keepFiles(filesIn(html));
  await (await caches.open(FILES_STORE)).put(OFFLINE_PATH, copyOf(html, answer.headers, read));
}

/** The files that are not kept yet; one that cannot be had does not keep the others away. */
async function keepFiles(paths: string[]): Promise<void> {
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
  kept.set(KEPT_AT, String(Date.now()));
  kept.set(KEPT_LANGUAGE, language);
  return new Response(html, { headers: kept });
}

const seenAt = (kept: Response): number => Number(kept.headers.get(KEPT_AT));

async function keptPage(path: string): Promise<Response | undefined> {
  await throwAwayOld();
  const kept = await (await caches.open(PAGES_STORE)).match(path);
  return kept && markedAnswer(kept, seenAt(kept));
}

async function offlinePage(): Promise<Response | undefined> {
  const kept = await (await caches.open(FILES_STORE)).match(OFFLINE_PATH);
  return kept && markedAnswer(kept, 0);
}

const markedAnswer = async (kept: Response, at: number): Promise<Response> =>
  new Response(marked(await kept.text(), at), { headers: kept.headers });

async function throwAwayOld(): Promise<void> {
  const pages = await caches.open(PAGES_STORE);
  for (const request of await pages.keys()) {
    const kept = await pages.match(request);
    if (kept && isOver(seenAt(kept), Date.now())) await pages.delete(request);
  }
}
