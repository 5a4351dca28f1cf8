"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { Disclosure } from "@/components/ui/disclosure";

/** A form that is folded away, and folds away again once it was sent; then its heading has the focus. */
export function Folding({
  sent: { times, pending },
  summary,
  children,
}: {
  /** What `useFormMutation` says of the form. */
  sent: { times: number; pending: boolean };
  summary: ReactNode;
  children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const isDone = times > 0 && !pending;
  // The button was disabled while it was under way, and has lost the focus.
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
