import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { OwnNode } from "./own-words";

export type TimelineItem = {
  id: string;
  title: ReactNode;
  detail?: ReactNode;
  /** A `<Time>`. */
  time?: ReactNode;
  /** The step that counts now is filled. */
  current?: boolean;
};

/** What happened, in order. */
export function Timeline({ label, items }: { label?: string; items: readonly TimelineItem[] }) {
  return (
    <ol aria-label={label} className="grid grid-cols-1">
      {items.map((item) => (
        <li key={item.id} className="group relative grid grid-cols-1 gap-0.5 ps-8 pb-6 last:pb-0">
          <span
            aria-hidden="true"
            className="absolute start-[0.5rem] top-4 bottom-[-0.35rem] w-0.5 bg-line group-last:hidden"
          />
          <span
            aria-hidden="true"
            className={classNames(
              "absolute start-0 top-[0.28em] size-[1.1rem] rounded-full border-[2.5px] border-ink",
              item.current ? "bg-lamp" : "bg-paper",
            )}
          />
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <div className="min-w-0 font-semibold">
              <OwnNode of={item.title} />
            </div>
            {item.time && <div className="text-sm text-ink-soft">{item.time}</div>}
          </div>
          {item.detail && <div className="min-w-0 text-ink-soft">{item.detail}</div>}
        </li>
      ))}
    </ol>
  );
}
