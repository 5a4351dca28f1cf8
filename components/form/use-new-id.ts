"use client";

import { useRef } from "react";
import { v7 } from "uuid";

/**
 * The id of the record that a form creates. It stays the same until `renew` is called, so that sending
 * the form again after a broken connection repeats the same request.
 */
export function useNewId(): { id: () => string; renew: () => void } {
  const current = useRef<string | null>(null);
  return {
    id: () => {
      current.current ??= v7();
      return current.current;
    },
    renew: () => {
      current.current = null;
    },
  };
}
