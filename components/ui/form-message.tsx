"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { classNames } from "./class-names";

type FormMessageProps = {
  tone?: "error" | "good" | "note";
  title?: ReactNode;
  children?: ReactNode;
  /** Move the focus here when it appears; by default for errors only. */
  takesFocus?: boolean;
};

const tones = {
  error: { box: "border-brick bg-brick-pale", disc: "fill-brick", sign: "M10 5.2v5.6M10 14.6v.2" },
  good: { box: "border-leaf bg-leaf-pale", disc: "fill-leaf", sign: "m6 10.4 2.8 2.8L14.2 7.4" },
  note: { box: "border-dusk bg-dusk-pale", disc: "fill-dusk", sign: "M10 5.5v5l3 2" },
};

/** The result of sending a form. An error is announced at once and takes the focus. */
export function FormMessage({
  tone = "error",
  title,
  children,
  takesFocus = tone === "error",
}: FormMessageProps) {
  const box = useRef<HTMLDivElement>(null);
  // For each new text, so that screen readers announce a second failed attempt as well.
  useEffect(() => {
    if (takesFocus && (title || children)) box.current?.focus();
  }, [takesFocus, title, children]);

  return (
    <div
      ref={box}
      tabIndex={-1}
      role={tone === "error" ? "alert" : "status"}
      className={classNames(
        "flex items-start gap-3 rounded-lg border-[1.5px] px-4 py-3",
        tones[tone].box,
      )}
    >
      <svg aria-hidden="true" viewBox="0 0 20 20" className="mt-[0.15em] size-5 shrink-0">
        <circle cx="10" cy="10" r="10" className={tones[tone].disc} />
        <path
          d={tones[tone].sign}
          fill="none"
          className="stroke-sheet"
          strokeWidth="2.4"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <div className="grid min-w-0 grid-cols-1 gap-1">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div>{children}</div>}
      </div>
    </div>
  );
}
