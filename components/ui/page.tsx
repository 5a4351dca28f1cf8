import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { OwnNode } from "./own-words";

/** Where the skip link leads; every screen has one `<Page>` or an element with this id. */
export const MAIN_ID = "main";

type PageProps = {
  title: ReactNode;
  /** A sentence or two under the title. */
  lead?: ReactNode;
  /** What can be done here: buttons. */
  actions?: ReactNode;
  /** The page above, as a link over the title. */
  back?: { href: string; label: ReactNode };
  /** Forms and texts read best narrow. */
  width?: "reading" | "page";
  children: ReactNode;
};

/** A screen: one title, then sections. It is the `<main>` of the document. */
export function Page({ title, lead, actions, back, width = "page", children }: PageProps) {
  return (
    <main
      id={MAIN_ID}
      tabIndex={-1}
      className={classNames(
        "mx-auto grid w-full flex-1 grid-cols-1 content-start gap-8 px-4 pt-6 pb-28 sm:px-6 sm:pt-10 md:pb-16",
        width === "reading" ? "max-w-reading" : "max-w-page",
      )}
    >
      <header className="grid grid-cols-1 gap-3">
        {back && (
          <p className="print:hidden">
            <Link
              href={back.href}
              className="link -ms-1 inline-flex min-h-11 items-center gap-1 px-1"
            >
              <svg aria-hidden="true" viewBox="0 0 20 20" className="size-4 rtl:-scale-x-100">
                <path
                  d="m12 4-6 6 6 6"
                  fill="none"
                  stroke="currentColor"
                  strokeWidth="2"
                  strokeLinecap="round"
                />
              </svg>
              <OwnNode of={back.label} />
            </Link>
          </p>
        )}
        <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
          <div className="grid min-w-0 max-w-reading grid-cols-1 gap-2">
            <h1 className="text-4xl">
              <OwnNode of={title} />
            </h1>
            {lead && <div className="text-lg text-ink-soft">{lead}</div>}
          </div>
          {actions && <div className="flex flex-wrap gap-3 print:hidden">{actions}</div>}
        </div>
      </header>
      {children}
    </main>
  );
}

/** A part of a screen under its own heading. */
export function Section({
  title,
  lead,
  actions,
  id,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  id?: string;
  children: ReactNode;
}) {
  return (
    <section id={id} className="grid min-w-0 grid-cols-1 gap-4">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <div className="grid min-w-0 grid-cols-1 gap-1">
          <h2 className="text-2xl">
            <OwnNode of={title} />
          </h2>
          {lead && <p className="max-w-reading text-ink-soft">{lead}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}

/**
 * The main column and, on wide screens, a side column. On narrow screens the side column comes after
 * `first` and before the rest, if `first` is given, even as null; otherwise it comes last.
 */
export function Columns({
  first,
  children,
  aside,
}: {
  first?: ReactNode;
  children: ReactNode;
  aside: ReactNode;
}) {
  const part = "grid min-w-0 grid-cols-1 gap-8 md:col-start-1";
  const rest = <div className={part}>{children}</div>;
  return (
    <div className="grid min-w-0 grid-cols-1 gap-8 md:grid-cols-[minmax(0,1fr)_minmax(0,22rem)] md:items-start">
      {first && <div className={part}>{first}</div>}
      {first === undefined && rest}
      <aside
        className={classNames(
          "grid min-w-0 grid-cols-1 gap-6 md:col-start-2 md:row-start-1",
          first ? "md:row-span-2" : null,
        )}
      >
        {aside}
      </aside>
      {first !== undefined && rest}
    </div>
  );
}
