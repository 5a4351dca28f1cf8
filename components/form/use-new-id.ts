"use client";

import { useRef } from "react";
import { v7 } from "uuid";

/**
 * An id for what a form makes, the same until `renew` is called: sending the form again after a
 * broken connection is the same request and not a second one.
 */
export function useNewId(): { id: () => string; renew: () => void } {
  const kept = useRef<string | null>(null);
  return {
    id: () => {
      kept.current ??= v7();
      return kept.current;
    },
    renew: () => {
      kept.current = null;
    },
  };
}
