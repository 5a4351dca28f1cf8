import type { ReactNode } from "react";

/** What a drawing takes; without a label it is decoration and readers skip it. */
export type DrawingProps = { label?: string; className?: string };

/** The sheet that something is drawn on. */
export function Drawing({
  viewBox,
  fit,
  label,
  className,
  children,
}: DrawingProps & {
  viewBox: string;
  /** How it fills another shape than its own, as in SVG's preserveAspectRatio. */
  fit?: string;
  children: ReactNode;
}) {
  const sheet = { viewBox, preserveAspectRatio: fit, className };
  if (label === undefined) {
    return (
      <svg aria-hidden="true" {...sheet}>
        {children}
      </svg>
    );
  }
  return (
    <svg role="img" aria-label={label} {...sheet}>
      {children}
    </svg>
  );
}
