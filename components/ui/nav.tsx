import Link from "next/link";
import type { ReactNode } from "react";
import { Mark } from "../scenes/mark";
import { Rooftops } from "../scenes/rooftops";
import { Icon, type IconName } from "./icon";
import { NavLink } from "./nav-link";
import { OwnNode } from "./own-words";

/** The number of pending items behind a link; `countLabel` is its text for screen readers. */
type Waiting = { count?: number | undefined; countLabel?: string | undefined };

export type NavItem = {
  href: string;
  label: string;
  icon: IconName;
  exact?: boolean;
} & Waiting;

/** The header: the logo, the community's name, and on wide screens the navigation. */
export function SiteHeader({
  home,
  navLabel,
  items = [],
  end,
}: {
  home: { href: string; label: ReactNode };
  navLabel?: string;
  items?: readonly NavItem[];
  /** The person's own corner: `HeaderLink`s. */
  end?: ReactNode;
}) {
  return (
    <header className="bg-sky text-on-sky print:hidden">
      <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-6 gap-y-1 px-4 pt-2 sm:px-6">
        <Link
          href={home.href}
          className="flex min-h-11 min-w-0 flex-[1_1_min(7rem,45vw)] items-center gap-2.5 rounded-md md:flex-none"
        >
          <Mark ground="sky" className="size-8" />
          <span className="min-w-0 font-display text-[min(1.1667rem,7vw)] font-bold leading-tight tracking-tight">
            <OwnNode of={home.label} />
          </span>
        </Link>
        {items.length > 0 && (
          <nav aria-label={navLabel} className="hidden md:block">
            <ul className="flex flex-wrap gap-1">
              {items.map((item) => (
                <li key={item.href}>
                  <NavLink
                    href={item.href}
                    exact={item.exact}
                    className="inline-flex min-h-11 items-center gap-2 rounded-full px-3.5 font-semibold decoration-2 underline-offset-4 transition-colors hover:underline aria-[current=page]:bg-on-sky aria-[current=page]:text-sky"
                  >
                    {item.label}
                    <Count item={item} />
                  </NavLink>
                </li>
              ))}
            </ul>
          </nav>
        )}
        {end && <div className="ms-auto flex flex-wrap items-center gap-2">{end}</div>}
      </div>
      <Rooftops />
    </header>
  );
}

/** A link in the header's corner; `start` is an avatar before the words, which phones may hide. */
export function HeaderLink({
  href,
  start,
  count,
  countLabel,
  children,
}: {
  href: string;
  start?: ReactNode;
  children: ReactNode;
} & Waiting) {
  return (
    <NavLink
      href={href}
      className="group inline-flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-full px-1"
    >
      {start}
      <span className="rounded-full font-semibold underline decoration-2 underline-offset-4 group-hover:decoration-4 group-aria-[current=page]:bg-on-sky group-aria-[current=page]:px-3 group-aria-[current=page]:py-1 group-aria-[current=page]:text-sky group-aria-[current=page]:no-underline max-sm:has-[.sr-only]:bg-transparent! max-sm:has-[.sr-only]:px-0!">
        {children}
      </span>
      <Count item={{ count, countLabel }} />
    </NavLink>
  );
}

/**
 * The navigation at the bottom of the screen, on phones only. It is always one row: with large fonts
 * it shows icons alone. In a very low window it stays at the end of the page.
 */
export function TabBar({ navLabel, items }: { navLabel: string; items: readonly NavItem[] }) {
  return (
    <nav
      aria-label={navLabel}
      className="@container inset-x-0 bottom-0 z-20 border-t border-line bg-sheet pb-[env(safe-area-inset-bottom)] [@media(min-height:16em)]:fixed md:hidden print:hidden"
    >
      <ul className="flex">
        {items.map((item) => (
          <li key={item.href} className="min-w-0 flex-auto">
            <NavLink
              href={item.href}
              exact={item.exact}
              className="group relative flex min-h-14 flex-col items-center justify-center gap-0.5 px-0.5 py-1.5 text-center text-ink-soft -outline-offset-3 aria-[current=page]:text-ink"
            >
              <span className="relative rounded-full px-3 py-0.5 group-aria-[current=page]:bg-lamp group-aria-[current=page]:text-on-lamp">
                <Icon name={item.icon} />
                <span className="absolute -end-1 -top-1">
                  <Count item={item} />
                </span>
              </span>
              <span className="text-[min(0.72rem,3.6vw)] leading-tight font-semibold whitespace-nowrap @max-[17rem]:sr-only">
                {item.label}
              </span>
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Count({ item }: { item: Waiting }) {
  if (!item.count) return null;
  return (
    <span className="inline-flex min-w-[min(1.25rem,6vw)] items-center justify-center rounded-full bg-ink px-1.5 text-[min(0.75rem,4vw)] leading-5 font-bold text-paper tabular-nums">
      <span aria-hidden={item.countLabel ? true : undefined}>{item.count}</span>
      {item.countLabel && <span className="sr-only">{item.countLabel}</span>}
    </span>
  );
}
