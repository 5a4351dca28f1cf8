import type { ReactNode } from "react";

/** Something that can be unfolded; the browser's own details element. */
export function Disclosure({
  summary,
  open,
  children,
}: {
  summary: ReactNode;
  open?: boolean;
  children: ReactNode;
}) {
  return (
    <details open={open} className="group rounded-lg border border-line bg-sheet">
      <summary className="flex min-h-11 list-none items-center gap-3 rounded-lg px-4 py-2 font-semibold hover:bg-shade [&::-webkit-details-marker]:hidden">
        <svg
          aria-hidden="true"
          viewBox="0 0 20 20"
          className="size-4 shrink-0 transition-transform group-open:rotate-90 rtl:-scale-x-100"
        >
          <path
            d="m7 4 6 6-6 6"
            fill="none"
            stroke="currentColor"
            strokeWidth="2.4"
            strokeLinecap="round"
          />
        </svg>
        <span className="min-w-0">{summary}</span>
      </summary>
      <div className="px-4 pt-2 pb-4">{children}</div>
    </details>
  );
}
