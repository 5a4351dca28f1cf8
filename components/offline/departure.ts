/** After this a navigation counts as ended without a new document, such as a download. */
const NAVIGATION_LIMIT_MS = 5 * 60_000;

/**
 * Watches whether the user has started a navigation: a link, a form, the address bar, back or forward.
 * A reload by script would cancel it.
 */
export function watchDeparture(): { hasBegun: () => boolean; stop: () => void } {
  let begunAt: number | null = null;
  const begin = () => {
    begunAt = performance.now();
  };
  const onClick = (event: MouseEvent) => {
    // The router fetches a link's page before it leaves; `beforeunload` fires too late for that.
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

/** Whether a click follows a link in this tab. */
function opensHere(event: MouseEvent): boolean {
  const { target, button, ctrlKey, metaKey, shiftKey, altKey } = event;
  const link = target instanceof Element ? target.closest("a") : null;
  const isPlain = button === 0 && !(ctrlKey || metaKey || shiftKey || altKey);
  return isPlain && !!link?.href && ["", "_self"].includes(link.target);
}
