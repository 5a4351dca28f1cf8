import type { ReactNode } from "react";

/** A table that may be wider than its page: it is moved by itself, by finger or by keyboard. */
export function Sideways({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keyboard
    <section aria-label={label} tabIndex={0} className="overflow-x-auto rounded-xl">
      {children}
    </section>
  );
}
