"use client";

import { useCallback, useEffect, useState } from "react";

/**
 * - unsupported: the browser has no push
 * - blocked: the user has forbidden this site's notifications
 * - off, on: whether the browser has a subscription
 */
export type PushState = "checking" | "unsupported" | "blocked" | "off" | "on";

export type BrowserSubscription = { endpoint: string; p256dh: string; authSecret: string };

/** How long a worker may take to install itself on the first page. */
const WORKER_MS = 10_000;

const isSupported = () =>
  "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** @throws an Error when no worker is registered, in development for example */
async function pushManager(): Promise<PushManager> {
  const late = new Promise<never>((_, fail) => {
    setTimeout(() => fail(new Error("no service worker")), WORKER_MS);
  });
  return (await Promise.race([navigator.serviceWorker.ready, late])).pushManager;
}

async function readState(key: string): Promise<PushState> {
  if (!isSupported()) return "unsupported";
  if (Notification.permission === "denied") return "blocked";
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  return subscription && keyOf(subscription) === key ? "on" : "off";
}

/** Base64url, as the server writes keys. */
const textOf = (bytes: ArrayBuffer | null): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0))))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const keyOf = (subscription: PushSubscription) => textOf(subscription.options.applicationServerKey);

/** Ends the browser's subscription; without one it does nothing. */
export async function unsubscribeBrowser(): Promise<void> {
  if (!isSupported()) return;
  const registration = await navigator.serviceWorker.getRegistration();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

/**
 * The browser's side of push.
 * @param key the public key of the installation
 */
export function usePush(key: string) {
  const [state, setState] = useState<PushState>("checking");
  const check = useCallback(
    () => readState(key).then(setState, () => setState("unsupported")),
    [key],
  );
  useEffect(() => {
    void check();
  }, [check]);

  /**
   * Asks for the permission and subscribes.
   * @returns null when the user did not allow it
   * @throws what the browser throws when it cannot subscribe
   */
  const subscribe = async (): Promise<BrowserSubscription | null> => {
    const permission = await Notification.requestPermission();
    if (permission !== "granted") {
      await check();
      return null;
    }
    const manager = await pushManager();
    // One for another key cannot be used, and prevents a new one.
    await (await manager.getSubscription())?.unsubscribe();
    const made = await manager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    return {
      endpoint: made.endpoint,
      p256dh: textOf(made.getKey("p256dh")),
      authSecret: textOf(made.getKey("auth")),
    };
  };
  return { state, check, subscribe };
}
