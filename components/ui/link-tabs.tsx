import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

export type LinkTab = { href: string; label: ReactNode; current?: boolean; count?: number };

/** Views of one page as links, so that each has an address. */
export function LinkTabs({ label, tabs }: { label: string; tabs: readonly LinkTab[] }) {
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap gap-2">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              aria-current={tab.current ? "page" : undefined}
              className={classNames(
                "inline-flex min-h-11 items-center gap-2 rounded-full border-2 px-4 py-1 font-semibold transition-colors",
                tab.current
                  ? "border-ink bg-ink text-paper"
                  : "border-line bg-sheet hover:border-ink",
              )}
            >
              {tab.label}
              {tab.count !== undefined && tab.count > 0 && (
                <span className="tabular-nums">{tab.count}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
