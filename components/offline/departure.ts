/** Milliseconds after which a navigation is taken to have ended without a new document: a download, say. */
const NAVIGATION_LIMIT_MS = 5 * 60_000;

/**
 * Watches whether the person has begun a navigation in this document: a link, a form, the address
 * bar, back or forward. A reload by script would cancel it.
 */
export function watchDeparture(): { hasBegun: () => boolean; stop: () => void } {
  let begunAt: number | null = null;
  const begin = () => {
    begunAt = performance.now();
  };
  const onClick = (event: MouseEvent) => {
    // The router fetches the page of a link before it leaves, which `beforeunload` tells too late.
    if (opensHere(event)) begin();
  };
  window.addEventListener("beforeunload", begin);
  window.addEventListener("popstate", begin);
  document.addEventListener("click", onClick, true);
  return {
    hasBegun: () => begunAt !== null && performance.now() - begunAt < NAVIGATION_LIMIT_MS,
    stop: () => {
      window.removeEventListener("beforeunload", begin);
      window.removeEventListener("popstate", begin);
      document.removeEventListener("click", onClick, true);
    },
  };
}

/** Whether a click follows a link in this very tab. */
function opensHere(event: MouseEvent): boolean {
  const { target, button, ctrlKey, metaKey, shiftKey, altKey } = event;
  const link = target instanceof Element ? target.closest("a") : null;
  const isPlain = button === 0 && !(ctrlKey || metaKey || shiftKey || altKey);
  return isPlain && !!link?.href && ["", "_self"].includes(link.target);
}
