import type { ReactNode } from "react";

/** The props of every field. */
export type FieldProps = {
  label: ReactNode;
  /** A hint below the label. */
  hint?: ReactNode;
  /** The error's message. */
  error?: ReactNode;
  /** The word for "optional", where the field is. */
  optional?: ReactNode;
};

/** The attributes that connect a control to its label, hint and error. */
export type FieldAria = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

/** The ids that connect a control to its label, hint and error. */
export function fieldAria(
  id: string,
  { hint, error }: Pick<FieldProps, "hint" | "error">,
): FieldAria {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return {
    id,
    "aria-describedby": described || undefined,
    "aria-invalid": error ? true : undefined,
  };
}

/** Label, hint, control and error, in this order also for screen readers. */
export function Field({
  id,
  label,
  hint,
  error,
  optional,
  children,
}: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-1 gap-1.5">
      <label htmlFor={id} className="font-semibold">
        {label} <Optional>{optional}</Optional>
      </label>
      <Hint id={id}>{hint}</Hint>
      {children}
      <FieldError id={id}>{error}</FieldError>
    </div>
  );
}

/** The same for a group of controls. */
export function FieldGroup({
  id,
  label,
  hint,
  error,
  optional,
  children,
}: FieldProps & { id: string; children: ReactNode }) {
  return (
    <fieldset
      className="min-w-0"
      aria-describedby={fieldAria(id, { hint, error })["aria-describedby"]}
    >
      <legend className="mb-1.5 font-semibold">
        {label} <Optional>{optional}</Optional>
      </legend>
      <div className="grid grid-cols-1 gap-1.5">
        <Hint id={id}>{hint}</Hint>
        {children}
        <FieldError id={id}>{error}</FieldError>
      </div>
    </fieldset>
  );
}

function Optional({ children }: { children: ReactNode }) {
  return children ? <span className="font-normal text-ink-soft">({children})</span> : null;
}

function Hint({ id, children }: { id: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <p id={`${id}-hint`} className="text-sm text-ink-soft">
      {children}
    </p>
  );
}

/** Also used by single checkboxes, which have no label above them. */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <p id={`${id}-error`} className="flex items-start gap-2 text-sm font-semibold text-brick">
      <svg aria-hidden="true" viewBox="0 0 20 20" className="mt-[0.2em] size-4 shrink-0">
        <circle cx="10" cy="10" r="9" fill="currentColor" />
        <path d="M10 5v6" stroke="var(--color-paper)" strokeWidth="2.4" strokeLinecap="round" />
        <circle cx="10" cy="14.6" r="1.5" fill="var(--color-paper)" />
      </svg>
      <span className="min-w-0">{children}</span>
    </p>
  );
}
