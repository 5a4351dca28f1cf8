"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { classNames } from "./class-names";

type FormMessageProps = {
  tone?: "error" | "good" | "note";
  title?: ReactNode;
  children?: ReactNode;
  /** Move the focus here when it appears; errors do unless told otherwise. */
  takesFocus?: boolean;
};

const tones = {
  error: "border-brick bg-brick-pale",
  good: "border-leaf bg-leaf-pale",
  note: "border-dusk bg-dusk-pale",
};

/** What happened to what was sent. An error is announced at once and takes the focus. */
export function FormMessage({ tone = "error", title, children, takesFocus = tone === "error" }: FormMessageProps) {
  const box = useRef<HTMLDivElement>(null);
  // Again for each new text: the second failed attempt must be heard as well.
  useEffect(() => {
    if (takesFocus && (title || children)) box.current?.focus();
  }, [takesFocus, title, children]);

  return (
    <div
      ref={box}
      tabIndex={-1}
      role={tone === "error" ? "alert" : "status"}
      className={classNames("grid gap-1 rounded-lg border-s-[6px] px-4 py-3", tones[tone])}
    >
      {title && <p className="font-semibold">{title}</p>}
      {children && <div>{children}</div>}
    </div>
  );
}
