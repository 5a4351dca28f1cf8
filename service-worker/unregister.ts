/** Served instead of the worker when EVENHOUR_OFFLINE is 0: deletes all caches and unregisters itself. */
import { scope } from "./scope";

scope.addEventListener("install", () => scope.skipWaiting());
scope.addEventListener("activate", (event) => event.waitUntil(unregister()));

async function unregister(): Promise<void> {
  for (const name of await caches.keys()) await caches.delete(name);
  await scope.registration.unregister();
}
