"use client";

import { usePathname, useRouter } from "next/navigation";
import { useCallback, useEffect, useState, useTransition } from "react";
import { isBuiltFile, isCacheablePage, SIGN_IN_PATH, WORKER_PATH } from "@/domain/offline/offline";
import { forgetMark, markOnPage, useKeptAt } from "./cached-at";
import { CachedStrip } from "./cached-strip";
import { watchDeparture } from "./departure";
import { postToWorker } from "./post-to-worker";

/**
 * On every page: keeps the worker in place and informed, and says when a page is a kept one.
 * @param keeps whether the house lets devices keep pages
 */
export function OfflineSetting({ keeps }: { keeps: boolean }) {
  const path = usePathname();
  const [first] = useState(path);
  const cachedAt = useKeptAt();
  // Whatever was reached from a kept page came by the line.
  const isKept = cachedAt !== null && path === first;
  useEffect(() => {
    if (keeps) registerWorker();
    else endWorker().catch(() => undefined);
  }, [keeps]);
  const refresh = useRefresh();
  useEffect(() => {
    if (path !== first) forgetMark();
  }, [path, first]);
  useEffect(() => {
    const mark = cachedAt ?? markOnPage();
    if (mark === null) return tell(path);
    // The offline page stands at the address of another one, which the router cannot put in its place.
    return whenReachable(mark > 0 ? refresh : () => window.location.reload());
  }, [path, cachedAt, refresh]);
  return isKept && cachedAt > 0 ? <CachedStrip at={new Date(cachedAt)} /> : null;
}

function registerWorker(): void {
  // Browsers have it in a secure context only: https, or the machine itself.
  if (process.env.NODE_ENV !== "production" || !("serviceWorker" in navigator)) return;
  // A browser that allows none reads with a line only.
  navigator.serviceWorker.register(WORKER_PATH).catch(() => undefined);
}

/** Registering the retired one instead would call back what is just leaving. */
async function endWorker(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}

/** Milliseconds between two looks whether Evenhour answers. */
const OFTEN = 10_000;
/** Milliseconds without a navigation of the person's, after Evenhour has answered. */
const CALM = 1000;
const HEALTH_PATH = "/api/health";

/**
 * Reads the page anew in place: no document is loaded, so that no navigation is cancelled and nothing
 * typed is lost.
 * @returns starts it; the page counts as the server's when it has come
 */
function useRefresh(): () => void {
  const router = useRouter();
  const [pending, start] = useTransition();
  const [isAsked, setAsked] = useState(false);
  useEffect(() => {
    if (isAsked && !pending) forgetMark();
  }, [isAsked, pending]);
  return useCallback(
    () =>
      start(() => {
        setAsked(true);
        router.refresh();
      }),
    [router],
  );
}

/**
 * Runs `renew` when Evenhour answers again, unless the person has begun to go elsewhere.
 * @returns ends the watch
 */
function whenReachable(renew: () => void): () => void {
  const departure = watchDeparture();
  let isOver = false;
  const canRenew = () => !isOver && document.visibilityState !== "hidden" && !departure.hasBegun();
  const look = async () => {
    if (!canRenew()) return;
    const answer = await fetch(HEALTH_PATH).catch(() => null);
    if (!answer?.ok) return;
    // Who waited for the line has perhaps just gone on: what the browser tells of it comes first.
    setTimeout(() => canRenew() && renew(), CALM);
  };
  // The line may be there and Evenhour not; nothing tells when that changes.
  const often = setInterval(look, OFTEN);
  window.addEventListener("online", look);
  document.addEventListener("visibilitychange", look);
  return () => {
    isOver = true;
    departure.stop();
    clearInterval(often);
    window.removeEventListener("online", look);
    document.removeEventListener("visibilitychange", look);
  };
}

/** Tells of the page that is being read: soon, and once more when another worker takes over. */
function tell(path: string): (() => void) | undefined {
  if (path === SIGN_IN_PATH) postToWorker({ kind: "forget" });
  if (!("serviceWorker" in navigator)) return undefined;
  const say = () => sayWhatIsRead(path);
  const soon = setTimeout(say, SOON);
  navigator.serviceWorker.addEventListener("controllerchange", say);
  return () => {
    clearTimeout(soon);
    navigator.serviceWorker.removeEventListener("controllerchange", say);
  };
}

/** Milliseconds: reading the page comes first. */
const SOON = 1500;

function sayWhatIsRead(pathname: string): void {
  const { lang, dataset } = document.documentElement;
  const language = dataset.locale ?? lang;
  postToWorker({ kind: "language", language });
  const { search } = window.location;
  if (!isCacheablePage({ pathname, search }) || savesData()) return;
  postToWorker({ kind: "keep", path: pathname, language, files: filesSeen() });
}

/** The built files that this page has loaded, letters too. */
const filesSeen = (): string[] =>
  performance
    .getEntriesByType("resource")
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === window.location.origin && isBuiltFile(pathname))
    .map(({ pathname }) => pathname);

/** Who saves data is asked for no page twice. */
const savesData = (): boolean =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
