/**
 * What a device may keep to be read without a line, for how long, and what ends it. The worker
 * (worker/) keeps to these rules, and the pages share its names.
 */
import { reservedSlugs } from "../community/community";

/** Where the worker's script is. */
export const WORKER_PATH = "/worker.js";
/** The page shown without a line in place of any that is not kept. */
export const OFFLINE_PATH = "/offline";
export const SIGN_IN_PATH = "/sign-in";

/** The store of kept pages; all of it goes when a session ends. */
export const PAGES_STORE = "evenhour-pages";
/** The store of what any page needs to look right: one a version, with nothing personal in it. */
export const fileStoreOf = (version: string): string => `evenhour-files-${version}`;

/** On a kept answer: when it was seen, in milliseconds since 1970, and in which language. */
export const CACHED_AT = "x-kept-at";
export const CACHED_LANGUAGE = "x-kept-language";

/** What a page tells the worker. */
export type WorkerMessage =
  /** This is the language that is read here now. */
  | { kind: "language"; language: string }
  /** This page is being read and needed these files. */
  | { kind: "keep"; path: string; language: string; files: string[] }
  /** A session ended. */
  | { kind: "forget" };

const DAY = 86_400_000;
/** Milliseconds after which a kept page is thrown away. */
const MAX_AGE_MS = 14 * DAY;
/** Milliseconds in which a page that is read again is not asked for once more. */
const FRESH = 3 * 60_000;

const CACHEABLE_PAGE = /^\/([a-z0-9-]{2,60})(\/account)?$/;

/** Whether this is one of the two pages that are kept: a community's home, and one's account in it. */
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

/** Whether this is a built file, which never changes under its name. */
export const isBuiltFile = (path: string): boolean => path.startsWith("/_next/static/");

/**
 * What the worker does with a request of our own site: `session` begins or ends one, `page` and
 * `file` have something in their place when the line is broken. Everything else is not touched.
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
  // What is saved as a file is not a page: a calendar, a statement, a photo.
  const isSaved = /^\/api\/|\.[a-z0-9]+$|\/calendar$/.test(path);
  return mode === "navigate" && !isSaved ? "page" : "none";
}

/**
 * What an answer does to the kept copy of its page: a page replaces it, a refusal or another address
 * ends it, and trouble of the server says nothing about it.
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

/** Whether a page that is read again needs no new copy: it is young, and in the same language. */
export const isFresh = (
  kept: { at: number; language: string | null },
  language: string,
  now: number,
): boolean => {
  const age = now - kept.at;
  // A copy from a time to come was dated by a wrong clock.
  return kept.language === language && age >= 0 && age < FRESH;
};

/** The built files that a page names. */
export const filesIn = (html: string): string[] => [
  ...new Set(html.match(/\/_next\/static\/[\w./~%-]+/g) ?? []),
];

/** The language of a page, with how dates look on it: see `localeTag` in region.ts. */
export const languageOf = (html: string): string =>
  /<html[^>]*? data-locale="([\w-]+)/.exec(html)?.[1] ??
  /<html[^>]*? lang="(\w+)/.exec(html)?.[1] ??
  "";

/** A kept page, with a mark that says from when it is: `Date.now()` of then, or 0 for the offline page. */
export const stampCachedAt = (html: string, cachedAt: number): string =>
  html.replace("<html", `<html data-kept="${cachedAt}"`);
