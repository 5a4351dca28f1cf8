import { type ComponentProps, useId } from "react";
import { FieldError, type FieldProps, fieldAria } from "./field";

/** One thing to agree to or switch on. The whole line can be tapped. */
export function Checkbox({
  label,
  hint,
  error,
  id,
  ...rest
}: Omit<FieldProps, "optional"> & Omit<ComponentProps<"input">, "className" | "type">) {
  const own = useId();
  const fieldId = id ?? own;
  return (
    <div className="grid grid-cols-1 gap-1">
      <label htmlFor={fieldId} className="flex min-h-11 items-start gap-3 py-2">
        <input
          {...rest}
          {...fieldAria(fieldId, { hint, error })}
          type="checkbox"
          className="mt-[0.15em] size-5 shrink-0"
        />
        <span className="min-w-0">{label}</span>
      </label>
      {hint && (
        <p id={`${fieldId}-hint`} className="-mt-2 ps-8 text-sm text-ink-soft">
          {hint}
        </p>
      )}
      <FieldError id={fieldId}>{error}</FieldError>
    </div>
  );
}
