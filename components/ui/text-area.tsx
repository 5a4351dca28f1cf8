import { type ComponentProps, useId } from "react";
import { Field, type FieldProps, fieldAria } from "./field";

/** Several lines of text; it grows with what is typed where the browser can. */
export function TextArea({
  label,
  hint,
  error,
  optional,
  id,
  rows = 4,
  ...rest
}: FieldProps & Omit<ComponentProps<"textarea">, "className">) {
  const own = useId();
  const fieldId = id ?? own;
  return (
    <Field id={fieldId} {...{ label, hint, error, optional }}>
      <textarea
        dir="auto"
        {...rest}
        {...fieldAria(fieldId, { hint, error })}
        rows={rows}
        className="control field-sizing-content resize-y"
      />
    </Field>
  );
}
