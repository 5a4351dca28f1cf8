import type { WorkerMessage } from "@/domain/offline/offline";

/** Tells the worker something, also from a page that was loaded past it; nothing where there is none. */
export function postToWorker(told: WorkerMessage): void {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.ready.then(
    ({ active }) => active?.postMessage(told),
    () => undefined,
  );
}
