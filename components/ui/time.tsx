import type { ReactNode } from "react";

/** A moment: machines read `dateTime` (ISO 8601), people the words inside. */
export function Time({ dateTime, children }: { dateTime: string | Date; children: ReactNode }) {
  return (
    <time dateTime={typeof dateTime === "string" ? dateTime : dateTime.toISOString()}>
      {children}
    </time>
  );
}
