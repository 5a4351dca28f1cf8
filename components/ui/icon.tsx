import type { ReactNode } from "react";
import { classNames } from "./class-names";

/** Icons on a grid of 24. An icon is never shown without its label. */
const drawings = {
  home: <path d="M4 11.5 12 4l8 7.5V20h-5.5v-5.5h-5V20H4z" />,
  board: <path d="M4 5h16v13H4zM8 9h4m-4 4h8M8 18v2.5M16 18v2.5" />,
  exchange: (
    <>
      <circle cx="12" cy="12" r="8.25" />
      <path d="M12 3.75a8.25 8.25 0 0 1 0 16.5z" fill="currentColor" />
    </>
  ),
  clock: (
    <>
      <circle cx="12" cy="12" r="8.25" />
      <path d="M12 7v5l3.2 2.2" />
    </>
  ),
  person: (
    <>
      <circle cx="12" cy="8.2" r="3.7" />
      <path d="M4.5 20c.6-4 3.6-6 7.5-6s6.9 2 7.5 6" />
    </>
  ),
  people: (
    <>
      <circle cx="9" cy="8.5" r="3.2" />
      <path d="M2.8 19.5c.5-3.6 3-5.3 6.2-5.3s5.7 1.7 6.2 5.3M15.5 5.6a3.2 3.2 0 0 1 0 5.8M17.8 14.8c1.9.7 3.1 2.3 3.4 4.7" />
    </>
  ),
  plus: <path d="M12 5v14M5 12h14" />,
  search: (
    <>
      <circle cx="10.8" cy="10.8" r="6.3" />
      <path d="m15.5 15.5 5 5" />
    </>
  ),
  check: <path d="m4.5 12.8 5 5L19.5 7" />,
  calendar: <path d="M4.5 6h15v14h-15zM4.5 10.5h15M8.5 3.5V7M15.5 3.5V7" />,
  place: (
    <>
      <path d="M12 21c4.3-4.8 6.5-8.3 6.5-11.2a6.5 6.5 0 0 0-13 0C5.5 12.7 7.7 16.2 12 21z" />
      <circle cx="12" cy="9.8" r="2.3" />
    </>
  ),
  bell: <path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 20.5a2 2 0 0 0 4 0" />,
  note: <path d="M4 5h16v11.5h-8.5L7 20.5v-4H4z" />,
  settings: <path d="M4 7h9m5 0h2M4 17h2m5 0h9M15.5 4.7v4.6M8.5 14.7v4.6" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof drawings;

export function Icon({ name, className }: { name: IconName; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={classNames("shrink-0", className ?? "size-6")}
    >
      {drawings[name]}
    </svg>
  );
}
