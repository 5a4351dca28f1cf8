import { type ComponentProps, useId } from "react";
import { Field, type FieldProps, fieldAria } from "./field";

/** Chooses a file; a phone offers its camera where `accept` names pictures. */
export function FileInput({
  label,
  hint,
  error,
  optional,
  id,
  ...rest
}: FieldProps & Omit<ComponentProps<"input">, "className" | "type">) {
  const own = useId();
  const fieldId = id ?? own;
  return (
    <Field id={fieldId} {...{ label, hint, error, optional }}>
      <input
        {...rest}
        {...fieldAria(fieldId, { hint, error })}
        type="file"
        className="control file:me-3 file:min-h-9 file:rounded-full file:border-2 file:border-ink file:bg-sheet file:px-4 file:font-semibold file:text-ink dark:file:bg-transparent"
      />
    </Field>
  );
}
