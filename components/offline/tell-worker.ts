import type { Told } from "@/server/domain/offline";

/** Tells the worker something, also from a page that was loaded past it; nothing where there is none. */
export function tellWorker(told: Told): void {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.ready.then(
    ({ active }) => active?.postMessage(told),
    () => undefined,
  );
}
