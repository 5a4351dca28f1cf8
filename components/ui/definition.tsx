import type { ReactNode } from "react";

/** Words and what they stand for: date, place, length, who. */
export function Definition({
  items,
}: {
  items: readonly { term: ReactNode; detail: ReactNode }[];
}) {
  return (
    <dl className="grid grid-cols-1 gap-x-6 gap-y-4 sm:grid-cols-[fit-content(60%)_minmax(0,1fr)] sm:gap-y-3">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: terms are nodes, and the list never reorders.
        <div
          key={index}
          className="grid grid-cols-1 gap-0.5 sm:col-span-2 sm:grid-cols-subgrid sm:gap-x-6"
        >
          <dt className="text-ink-soft">{item.term}</dt>
          <dd className="min-w-0 font-semibold">{item.detail}</dd>
        </div>
      ))}
    </dl>
  );
}
