"use client";

import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** What the worker wrote on this page: see `marked` in domain/offline/offline.ts. */
export const markOnPage = (): number | null => {
  const { kept } = document.documentElement.dataset;
  return kept === undefined ? null : Number(kept);
};

/** From when this page is if it was kept; null when it came by the line, and while it was drawn there. */
export const useKeptAt = (): number | null =>
  useSyncExternalStore<number | null>(subscribe, markOnPage, () => null);

/** What is shown now came from the server. */
export function forgetMark(): void {
  delete document.documentElement.dataset.kept;
  for (const listener of listeners) listener();
}
