import type { ReactNode } from "react";
import { OwnNode } from "./own-words";

/** Words and what they stand for: date, place, length, who. Side by side where letters have room. */
export function DescriptionList({
  items,
}: {
  items: readonly { term: ReactNode; detail: ReactNode }[];
}) {
  return (
    <div className="@container">
      <dl className="grid grid-cols-1 gap-x-5 gap-y-4 @min-[18rem]:grid-cols-[fit-content(60%)_minmax(0,1fr)] @min-[18rem]:gap-y-3">
        {items.map((item, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: terms are nodes, and the list never reorders.
            key={index}
            className="grid grid-cols-1 gap-x-5 gap-y-0.5 @min-[18rem]:col-span-2 @min-[18rem]:grid-cols-subgrid"
          >
            <dt className="text-ink-soft">{item.term}</dt>
            <dd className="min-w-0 font-semibold">
              <OwnNode of={item.detail} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
