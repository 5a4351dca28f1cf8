import { type ComponentProps, useId } from "react";
import { Field, type FieldProps, fieldAria } from "./field";

export type Choice = { value: string; label: string };

/** A native list of choices; `placeholder` is the empty first one. */
export function Select({
  label,
  hint,
  error,
  optional,
  id,
  options,
  placeholder,
  ...rest
}: FieldProps &
  Omit<ComponentProps<"select">, "className"> & {
    options: readonly Choice[];
    placeholder?: string;
  }) {
  const own = useId();
  const fieldId = id ?? own;
  return (
    <Field id={fieldId} {...{ label, hint, error, optional }}>
      <SelectControl {...rest} {...fieldAria(fieldId, { hint, error })}>
        {placeholder !== undefined && <option value="">{placeholder}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </SelectControl>
    </Field>
  );
}

/** The bare list with its arrow, for fields that are made of several. */
export function SelectControl({ children, ...rest }: Omit<ComponentProps<"select">, "className">) {
  return (
    <span className="relative block">
      <select {...rest} className="control appearance-none pe-10">
        {children}
      </select>
      <svg
        aria-hidden="true"
        viewBox="0 0 20 20"
        className="pointer-events-none absolute inset-y-0 end-3 my-auto size-5 text-ink-soft"
      >
        <path
          d="m5 7.5 5 5 5-5"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    </span>
  );
}
