"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { Actions, Button, type ButtonVariant } from "./button";

type ConfirmButtonProps = {
  children: ReactNode;
  variant?: ButtonVariant;
  /** The question shown in place after the first press. */
  question: ReactNode;
  confirmLabel: ReactNode;
  cancelLabel: ReactNode;
  pending?: boolean;
  pendingLabel?: ReactNode;
  disabled?: boolean;
  /** Without it the second press submits the form around it. */
  onConfirm?: () => void;
};

/** For actions that cannot be undone: the first press asks, the second one confirms. */
export function ConfirmButton({
  children,
  variant = "danger",
  question,
  confirmLabel,
  cancelLabel,
  pending = false,
  pendingLabel,
  disabled,
  onConfirm,
}: ConfirmButtonProps) {
  const [asking, setAsking] = useState(false);
  const box = useRef<HTMLFieldSetElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const wasAsking = useRef(false);
  // The focus moves to the question, and returns to the button if it is cancelled.
  useEffect(() => {
    if (asking) box.current?.focus();
    else if (wasAsking.current) first.current?.focus();
    wasAsking.current = asking;
  }, [asking]);

  if (!asking) {
    return (
      <Button ref={first} variant={variant} disabled={disabled} onClick={() => setAsking(true)}>
        {children}
      </Button>
    );
  }
  return (
    <fieldset
      ref={box}
      tabIndex={-1}
      className="grid min-w-0 basis-full gap-3 rounded-lg border-2 border-brick bg-sheet p-4"
      onKeyDown={(event) => {
        if (event.key === "Escape" && !pending) setAsking(false);
      }}
    >
      <legend className="sr-only">{children}</legend>
      <p>{question}</p>
      <Actions>
        <Button
          variant={variant}
          type={onConfirm ? "button" : "submit"}
          pending={pending}
          pendingLabel={pendingLabel}
          onClick={onConfirm}
        >
          {confirmLabel}
        </Button>
        <Button variant="quiet" disabled={pending} onClick={() => setAsking(false)}>
          {cancelLabel}
        </Button>
      </Actions>
    </fieldset>
  );
}
