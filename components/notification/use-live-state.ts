"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { EVENTS_PATH, STATE_EVENT } from "@/domain/notification/live";
import { watchTyping } from "./watch-typing";

/** After the page is shown: its own loading comes first, and what happens meanwhile is reported on connecting. */
const OPEN_DELAY_MS = 800;
/** Several changes within this time cause one refresh. */
const REFRESH_DELAY_MS = 300;
/** How often a refresh that waits for typed text is tried again. */
const TYPING_POLL_MS = 2000;
/** After the server refused the stream: doubled each time, up to the longest. */
const REOPEN_MS = 15_000;
const LONGEST_REOPEN_MS = 10 * 60_000;

/**
 * The state of the member's notifications, which changes while the page is open and visible. The page is refreshed in
 * place when it does, but not while it contains typed text, which a form that disappears would take along.
 * @param rendered the state with which the page was rendered
 */
export function useLiveState(community: string, rendered: string): string {
  const [latest, setLatest] = useState({ rendered, state: rendered });
  // The last to change is the newer one: a refreshed page, or an event.
  if (latest.rendered !== rendered) setLatest({ rendered, state: rendered });
  const shown = useRef(rendered);
  useEffect(() => {
    shown.current = rendered;
  }, [rendered]);
  const { refresh } = useRouter();
  useEffect(() => {
    const typing = watchTyping();
    let timer: number | undefined;
    const schedule = (state: string, delay: number) => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        if (state === shown.current) return;
        if (typing.hasText()) schedule(state, TYPING_POLL_MS);
        else refresh();
      }, delay);
    };
    const close = whileVisible(community, (state) => {
      setLatest((known) => ({ ...known, state }));
      schedule(state, REFRESH_DELAY_MS);
    });
    return () => {
      window.clearTimeout(timer);
      typing.stop();
      close();
    };
  }, [community, refresh]);
  return latest.state;
}

/**
 * Opens the stream while the page is visible and the device online.
 * @returns a function that closes it
 */
function whileVisible(community: string, onState: (state: string) => void): () => void {
  let source: EventSource | null = null;
  let timer: number | undefined;
  let refusals = 0;
  const close = () => {
    window.clearTimeout(timer);
    source?.close();
    source = null;
  };
  const open = () => {
    source?.close();
    source = new EventSource(`${EVENTS_PATH}?${new URLSearchParams({ community })}`);
    source.addEventListener(STATE_EVENT, ({ data }: MessageEvent<string>) => {
      refusals = 0;
      onState(data);
    });
    source.addEventListener("error", () => {
      // Otherwise the browser connects again by itself.
      if (source?.readyState !== EventSource.CLOSED) return;
      const delay = Math.min(LONGEST_REOPEN_MS, REOPEN_MS * 2 ** refusals);
      refusals += 1;
      timer = window.setTimeout(update, delay);
    });
  };
  const update = () => {
    close();
    if (document.visibilityState === "visible" && navigator.onLine)
      timer = window.setTimeout(open, OPEN_DELAY_MS);
  };
  const events = [
    [document, "visibilitychange"],
    [window, "pageshow"],
    [window, "online"],
    [window, "offline"],
  ] as const;
  for (const [target, name] of events) target.addEventListener(name, update);
  window.addEventListener("pagehide", close);
  update();
  return () => {
    for (const [target, name] of events) target.removeEventListener(name, update);
    window.removeEventListener("pagehide", close);
    close();
  };
}
