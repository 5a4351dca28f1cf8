"use client";

import { usePathname, useRouter } from "next/navigation";
import { useCallback, useEffect, useState, useTransition } from "react";
import { isBuiltFile, isCacheablePage, SIGN_IN_PATH, WORKER_PATH } from "@/domain/offline/offline";
import { clearCachedAt, readCachedAt, useCachedAt } from "./cached-at";
import { CachedStrip } from "./cached-strip";
import { watchDeparture } from "./departure";
import { postToWorker } from "./post-to-worker";

/**
 * On every page: registers the service worker, tells it which page is open, and shows when the page
 * comes from its cache.
 * @param isEnabled whether the installation allows offline pages
 */
export function OfflineSetting({ isEnabled }: { isEnabled: boolean }) {
  const path = usePathname();
  const [first] = useState(path);
  const cachedAt = useCachedAt();
  // A page reached from a cached page by client-side navigation comes from the network.
  const isCached = cachedAt !== null && path === first;
  useEffect(() => {
    if (isEnabled) registerWorker();
    else removeWorkers().catch(() => undefined);
  }, [isEnabled]);
  const refresh = useRefresh();
  useEffect(() => {
    if (path !== first) clearCachedAt();
  }, [path, first]);
  useEffect(() => {
    const stamp = cachedAt ?? readCachedAt();
    if (stamp === null) return reportPage(path);
    // The offline page is shown at another page's address; the router cannot replace it in place.
    return whenReachable(stamp > 0 ? refresh : () => window.location.reload());
  }, [path, cachedAt, refresh]);
  return isCached && cachedAt > 0 ? <CachedStrip at={new Date(cachedAt)} /> : null;
}

function registerWorker(): void {
  // Browsers offer it in a secure context only: https or localhost.
  if (process.env.NODE_ENV !== "production" || !("serviceWorker" in navigator)) return;
  // Some browsers refuse, in private windows for example; their pages are not available offline.
  navigator.serviceWorker.register(WORKER_PATH).catch(() => undefined);
}

/** Unregisters here too: registering the script of unregister.ts would cancel its own unregistration. */
async function removeWorkers(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const registrations = await navigator.serviceWorker.getRegistrations();
  for (const registration of registrations) await registration.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}

/** Between two checks whether the server answers. */
const HEALTH_POLL_MS = 10_000;
/** Between the server's answer and the refresh, to let a navigation that the user starts come first. */
const REFRESH_DELAY_MS = 1000;
const HEALTH_PATH = "/api/health";

/**
 * Refreshes the page in place. No document is loaded, so that no navigation is cancelled and no typed
 * text is lost.
 * @returns a function that starts the refresh; when it has finished, the page no longer counts as cached
 */
function useRefresh(): () => void {
  const router = useRouter();
  const [pending, start] = useTransition();
  const [isRequested, setRequested] = useState(false);
  useEffect(() => {
    if (isRequested && !pending) clearCachedAt();
  }, [isRequested, pending]);
  return useCallback(
    () =>
      start(() => {
        setRequested(true);
        router.refresh();
      }),
    [router],
  );
}

/**
 * Runs `refresh` when the server answers again, unless the user has started a navigation.
 * @returns a function that stops watching
 */
function whenReachable(refresh: () => void): () => void {
  const departure = watchDeparture();
  let isStopped = false;
  const canRefresh = () =>
    !isStopped && document.visibilityState !== "hidden" && !departure.hasBegun();
  const checkHealth = async () => {
    if (!canRefresh()) return;
    const response = await fetch(HEALTH_PATH).catch(() => null);
    if (!response?.ok) return;
    // The user may just have followed a link: let the browser's events for it arrive first.
    setTimeout(() => canRefresh() && refresh(), REFRESH_DELAY_MS);
  };
  // The device may be online and the server down; no event says when that changes.
  const poll = setInterval(checkHealth, HEALTH_POLL_MS);
  window.addEventListener("online", checkHealth);
  document.addEventListener("visibilitychange", checkHealth);
  return () => {
    isStopped = true;
    departure.stop();
    clearInterval(poll);
    window.removeEventListener("online", checkHealth);
    document.removeEventListener("visibilitychange", checkHealth);
  };
}

/** Reports the open page to the worker: after a delay, and again when another worker takes control. */
function reportPage(path: string): (() => void) | undefined {
  if (path === SIGN_IN_PATH) postToWorker({ kind: "forget" });
  if (!("serviceWorker" in navigator)) return undefined;
  const report = () => postPage(path);
  const timer = setTimeout(report, REPORT_DELAY_MS);
  navigator.serviceWorker.addEventListener("controllerchange", report);
  return () => {
    clearTimeout(timer);
    navigator.serviceWorker.removeEventListener("controllerchange", report);
  };
}

/** The page's own loading comes first. */
const REPORT_DELAY_MS = 1500;

function postPage(pathname: string): void {
  const { lang, dataset } = document.documentElement;
  const language = dataset.locale ?? lang;
  postToWorker({ kind: "language", language });
  const { search } = window.location;
  if (!isCacheablePage({ pathname, search }) || savesData()) return;
  postToWorker({ kind: "keep", path: pathname, language, files: loadedFiles() });
}

/** The files of the build that this page has loaded, fonts included. */
const loadedFiles = (): string[] =>
  performance
    .getEntriesByType("resource")
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === window.location.origin && isBuiltFile(pathname))
    .map(({ pathname }) => pathname);

/** With the browser's data saver on, no page is requested a second time for the cache. */
const savesData = (): boolean =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
