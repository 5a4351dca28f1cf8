/** Given out instead of the worker when EVENHOUR_OFFLINE is 0: takes its place, tidies up and goes. */
import { scope } from "./scope";

scope.addEventListener("install", () => scope.skipWaiting());
scope.addEventListener("activate", (event) => event.waitUntil(unregister()));

async function unregister(): Promise<void> {
  for (const name of await caches.keys()) await caches.delete(name);
  await scope.registration.unregister();
}
