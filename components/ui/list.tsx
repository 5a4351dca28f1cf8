import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { OwnNode } from "./own-words";

/** Rows on one sheet, divided by thin lines. */
export function List({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <ul
      aria-label={label}
      className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-sheet shadow-sheet"
    >
      {children}
    </ul>
  );
}

/** One row; with `href` the whole row opens that page. */
export function ListRow({
  href,
  title,
  detail,
  start,
  end,
  actions,
}: {
  href?: string;
  title: ReactNode;
  detail?: ReactNode;
  /** An avatar or picture before the words. */
  start?: ReactNode;
  /** Hours, a badge or a time after the words. */
  end?: ReactNode;
  /** Buttons of the row; they stay above the row's own link. */
  actions?: ReactNode;
}) {
  return (
    <li
      className={classNames(
        "relative flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3.5 sm:px-5",
        href !== undefined && "transition-colors hover:bg-shade/60",
      )}
    >
      {start}
      <div className="grid min-w-0 flex-[1_1_10rem] grid-cols-1 gap-0.5">
        <div className="font-semibold">
          {href === undefined ? (
            <OwnNode of={title} />
          ) : (
            <Link href={href} className="stretched -outline-offset-3">
              <OwnNode of={title} />
            </Link>
          )}
        </div>
        {detail && (
          <div className="text-sm text-ink-soft">
            <OwnNode of={detail} />
          </div>
        )}
      </div>
      {end && <div className="ms-auto text-end">{end}</div>}
      {actions && (
        <div className="relative flex basis-full flex-wrap gap-2 sm:basis-auto">{actions}</div>
      )}
    </li>
  );
}
