"use client";

import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** What the worker wrote on this page: see `stampCachedAt` in domain/offline/offline.ts. */
export const readCachedAt = (): number | null => {
  const { cachedAt } = document.documentElement.dataset;
  return cachedAt === undefined ? null : Number(cachedAt);
};

/** When this page was cached, in milliseconds since 1970; null for a page from the network. */
export const useCachedAt = (): number | null =>
  useSyncExternalStore<number | null>(subscribe, readCachedAt, () => null);

/** Marks the page as one from the network. */
export function clearCachedAt(): void {
  delete document.documentElement.dataset.cachedAt;
  for (const listener of listeners) listener();
}
