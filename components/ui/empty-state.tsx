import type { ReactNode } from "react";

/** A page with nothing on it yet: a picture, what is missing, and what to do first. */
export function EmptyState({
  illustration,
  title,
  children,
  action,
}: {
  illustration?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  /** The first thing to do, as a button. */
  action?: ReactNode;
}) {
  return (
    <div className="grid grid-cols-1 justify-items-center gap-4 rounded-xl border border-dashed border-edge px-5 py-10 text-center">
      {illustration && <div className="w-full max-w-72">{illustration}</div>}
      <div className="grid max-w-md grid-cols-1 gap-1">
        <p className="font-display text-xl font-bold tracking-tight">{title}</p>
        {children && <div className="text-ink-soft">{children}</div>}
      </div>
      {action && <div className="flex flex-wrap justify-center gap-3">{action}</div>}
    </div>
  );
}
