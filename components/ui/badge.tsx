import type { ReactNode } from "react";
import { classNames } from "./class-names";

export type BadgeTone = "plain" | "waiting" | "good" | "info" | "stop";

const tones: Record<BadgeTone, string> = {
  plain: "bg-shade text-ink",
  waiting: "bg-lamp-pale text-ink",
  good: "bg-leaf-pale text-leaf",
  info: "bg-dusk-pale text-dusk",
  stop: "bg-brick-pale text-brick",
};

/** The clock face fills as things come round: asked, half way, done. */
export type BadgeFace = "empty" | "half" | "full" | "crossed";

const faces: Record<BadgeFace, ReactNode> = {
  empty: null,
  half: <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />,
  full: <circle cx="8" cy="8" r="6" fill="currentColor" />,
  crossed: <path d="m4 12 8-8" stroke="currentColor" strokeWidth="1.8" />,
};

/** Where something stands: always in words, with a small clock face beside them. */
export function Badge({
  tone = "plain",
  face,
  children,
}: {
  tone?: BadgeTone;
  face?: BadgeFace;
  children: ReactNode;
}) {
  return (
    <span
      className={classNames(
        "inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-sm font-semibold",
        tones[tone],
      )}
    >
      {face && (
        <svg aria-hidden="true" viewBox="0 0 16 16" className="size-[0.9em] shrink-0">
          <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.8" />
          {faces[face]}
        </svg>
      )}
      <span>{children}</span>
    </span>
  );
}
