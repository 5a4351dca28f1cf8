import { type ComponentProps, useId } from "react";
import { Field, type FieldProps, fieldAria } from "./field";

export type TextInputProps = FieldProps & Omit<ComponentProps<"input">, "className">;

/** One line of text; `type` may be email, password, search, tel, url, number. */
export function TextInput({
  label,
  hint,
  error,
  optional,
  id,
  type = "text",
  ...rest
}: TextInputProps) {
  const own = useId();
  const fieldId = id ?? own;
  return (
    <Field id={fieldId} {...{ label, hint, error, optional }}>
      <input
        dir="auto"
        {...rest}
        {...fieldAria(fieldId, { hint, error })}
        type={type}
        className="control"
      />
    </Field>
  );
}
