import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { OwnNode } from "./own-words";

export type CardTone = "sheet" | "quiet" | "lamp" | "dusk";

const tones: Record<CardTone, string> = {
  sheet: "bg-sheet border-line shadow-sheet",
  quiet: "bg-transparent border-line",
  lamp: "bg-lamp-pale border-transparent",
  dusk: "bg-dusk-pale border-transparent",
};

/** A sheet of paper. `lamp` is for what waits for the reader, `dusk` for something to know. */
export function Card({
  tone = "sheet",
  as: Tag = "div",
  className,
  children,
}: {
  tone?: CardTone;
  as?: "div" | "article" | "section" | "li" | "aside";
  className?: string;
  children: ReactNode;
}) {
  return (
    <Tag className={classNames("rounded-xl border p-5 sm:p-6", tones[tone], className)}>
      {children}
    </Tag>
  );
}

/** A card that opens a page: its title is the link, the whole sheet can be tapped. */
export function CardLink({
  href,
  title,
  eyebrow,
  tone = "sheet",
  heading: Heading = "h3",
  as: Tag = "article",
  children,
  footer,
}: {
  href: string;
  title: ReactNode;
  /** A few words above the title, such as the kind and category. */
  eyebrow?: ReactNode;
  tone?: CardTone;
  heading?: "h2" | "h3" | "h4";
  as?: "article" | "li" | "div";
  children?: ReactNode;
  /** Who and how long, along the lower edge. */
  footer?: ReactNode;
}) {
  return (
    <Tag
      className={classNames(
        "group relative flex flex-col gap-2 rounded-xl border p-5 transition-[box-shadow,border-color]",
        "hover:border-ink hover:shadow-lift",
        tones[tone],
      )}
    >
      {eyebrow && <p className="text-sm text-ink-soft">{eyebrow}</p>}
      <Heading className="text-xl">
        <Link
          href={href}
          className="stretched rounded-xl decoration-lamp-ink decoration-2 underline-offset-4 group-hover:underline"
        >
          <OwnNode of={title} />
        </Link>
      </Heading>
      {children && <div className="text-ink-soft">{children}</div>}
      {footer && (
        <div className="mt-auto flex flex-wrap items-center gap-x-3 gap-y-1 pt-3 text-sm">
          {footer}
        </div>
      )}
    </Tag>
  );
}

/** Cards in as many columns as fit. */
export function CardGrid({
  as: Tag = "div",
  children,
}: {
  as?: "div" | "ul";
  children: ReactNode;
}) {
  return (
    <Tag className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,17rem),1fr))] gap-4">
      {children}
    </Tag>
  );
}
