import type { WorkerMessage } from "@/domain/offline/offline";

/** Sends the worker a message, also from a page that it does not control; does nothing without a worker. */
export function postToWorker(message: WorkerMessage): void {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.ready.then(
    ({ active }) => active?.postMessage(message),
    () => undefined,
  );
}
