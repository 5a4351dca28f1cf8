/**
 * Which pages a device caches for reading offline, for how long, and what deletes them. The service
 * worker (service-worker/) follows these rules; pages and worker share these names.
 */
import { reservedSlugs } from "../community/community";

export const WORKER_PATH = "/worker.js";
/** Shown offline in place of a page that is not cached. */
export const OFFLINE_PATH = "/offline";
export const SIGN_IN_PATH = "/sign-in";

/** The cache of pages; deleted when a session ends. */
export const PAGES_STORE = "evenhour-pages";
/** The cache of styles, scripts and fonts, one a version; nothing in it is personal. */
export const fileStoreOf = (version: string): string => `evenhour-files-${version}`;

/** Headers of a cached page: when it was received, in milliseconds since 1970, and in which language. */
export const CACHED_AT = "x-cached-at";
export const CACHED_LANGUAGE = "x-cached-language";

/** What a page sends to the worker. The kinds stay as they are: a new page may talk to an old worker. */
export type WorkerMessage =
  /** The language of the interface on this device. */
  | { kind: "language"; language: string }
  /** The page that is open, and the files that it loaded. */
  | { kind: "keep"; path: string; language: string; files: string[] }
  /** The session ended: delete all cached pages. */
  | { kind: "forget" };

/** A cached page older than this is deleted. */
const MAX_AGE_MS = 14 * 86_400_000;
/** A cached page younger than this is not requested again. */
const FRESH_MS = 3 * 60_000;

const CACHEABLE_PAGE = /^\/([a-z0-9-]{2,60})(\/account)?$/;

/** Whether this is one of the two pages that are cached: a community's home, and the member's account in it. */
export function isCacheablePage({
  pathname,
  search,
}: {
  pathname: string;
  search: string;
}): boolean {
  const slug = CACHEABLE_PAGE.exec(pathname)?.[1];
  return slug !== undefined && search === "" && !reservedSlugs.includes(slug);
}

/** Whether this is a file of the build, whose content never changes under its name. */
export const isBuiltFile = (path: string): boolean => path.startsWith("/_next/static/");

/**
 * How the worker treats a request to our own site: `session` begins or ends a session, `page` and
 * `file` may be served from a cache. The worker does not handle anything else.
 */
export function classifyRequest(request: {
  method: string;
  mode: string;
  path: string;
}): "session" | "page" | "file" | "none" {
  const { method, mode, path } = request;
  if (/^\/api\/auth\/(signout|callback\/)/.test(path)) return "session";
  if (method !== "GET") return "none";
  if (isBuiltFile(path)) return "file";
  // Opening one of these downloads a file: a calendar, a statement, a photo.
  const isDownload = /^\/api\/|\.[a-z0-9]+$|\/calendar$/.test(path);
  return mode === "navigate" && !isDownload ? "page" : "none";
}

/**
 * What a response does to the cached copy of its page: `keep` replaces it; `drop` deletes it, after an
 * error of the 4xx range or a redirect; `leave` does not touch it, after an error of the server.
 */
export function cacheDecision(answer: {
  status: number;
  redirected: boolean;
  contentType: string | null;
}): "keep" | "drop" | "leave" {
  if (answer.status >= 500) return "leave";
  const isPage = answer.status === 200 && (answer.contentType ?? "").startsWith("text/html");
  return isPage && !answer.redirected ? "keep" : "drop";
}

export const isExpired = (cachedAt: number, now: number): boolean => !(now - cachedAt < MAX_AGE_MS);

/** Whether a cached page need not be requested again: it is young, and in the same language. */
export const isFresh = (
  cached: { at: number; language: string | null },
  language: string,
  now: number,
): boolean => {
  const age = now - cached.at;
  // A date in the future comes from a clock that was wrong.
  return cached.language === language && age >= 0 && age < FRESH_MS;
};

/** The files of the build that a page refers to. */
export const filesIn = (html: string): string[] => [
  ...new Set(html.match(/\/_next\/static\/[\w./~%-]+/g) ?? []),
];

/** The language of a page with its region, which decides the format of dates: see `localeTag` in region.ts. */
export const languageOf = (html: string): string =>
  /<html[^>]*? data-locale="([\w-]+)/.exec(html)?.[1] ??
  /<html[^>]*? lang="(\w+)/.exec(html)?.[1] ??
  "";

/**
 * Adds `data-cached-at` to a page's root element.
 * @param cachedAt milliseconds since 1970, or 0 for the offline page
 */
export const stampCachedAt = (html: string, cachedAt: number): string =>
  html.replace("<html", `<html data-cached-at="${cachedAt}"`);
