"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { classNames } from "@/components/ui/class-names";

/**
 * The sheet around the statement. When a move was made its button is gone: the focus comes here,
 * so that what follows is read aloud and nobody is lost at the top of the page.
 */
export function StatusPanelFrame({
  version,
  waits,
  children,
}: {
  version: number;
  waits: boolean;
  children: ReactNode;
}) {
  const box = useRef<HTMLElement>(null);
  const shown = useRef(version);
  useEffect(() => {
    if (shown.current !== version) box.current?.focus();
    shown.current = version;
  }, [version]);
  return (
    <section
      ref={box}
      tabIndex={-1}
      className={classNames(
        "grid min-w-0 gap-5 rounded-xl border-2 p-5 sm:p-7",
        waits ? "border-lamp bg-lamp-pale" : "border-line bg-sheet shadow-sheet",
      )}
    >
      {children}
    </section>
  );
}
