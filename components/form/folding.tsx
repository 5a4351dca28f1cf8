"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { Disclosure } from "@/components/ui/disclosure";

/** A collapsed form. It collapses again after it was sent; then its heading takes the focus. */
export function Folding({
  sent: { times, pending },
  summary,
  children,
}: {
  /** From `useFormMutation`. */
  sent: { times: number; pending: boolean };
  summary: ReactNode;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const isDone = times > 0 && !pending;
  // The button was disabled during the request, and has lost the focus.
  useEffect(() => {
    if (isDone) box.current?.querySelector<HTMLElement>("summary")?.focus();
  }, [isDone]);
  return (
    <div ref={box}>
      <Disclosure key={times} summary={summary}>
        {children}
      </Disclosure>
    </div>
  );
}
