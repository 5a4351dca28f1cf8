import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names";
import { FieldGroup, type FieldProps } from "./field";

export type RadioChoice<Value extends string = string> = {
  value: Value;
  label: ReactNode;
  /** A sentence that says what choosing it means. */
  detail?: ReactNode;
  disabled?: boolean;
};

type RadioCardsProps<Value extends string> = FieldProps & {
  name: string;
  options: readonly RadioChoice<Value>[];
  /** Side by side where there is room; otherwise one under the other. */
  columns?: 1 | 2 | 3;
  value?: Value;
  defaultValue?: Value;
  onChange?: (value: Value) => void;
  required?: boolean;
  onBlur?: ComponentProps<"input">["onBlur"];
};

const widths = { 1: "", 2: "sm:grid-cols-2", 3: "sm:grid-cols-3" };

/** A question with a few answers as big cards. Native radios: arrow keys and forms work by themselves. */
export function RadioCards<Value extends string>({
  label,
  hint,
  error,
  optional,
  name,
  options,
  columns = 1,
  value,
  defaultValue,
  onChange,
  required,
  onBlur,
}: RadioCardsProps<Value>) {
  const id = useId();
  return (
    <FieldGroup id={id} {...{ label, hint, error, optional }}>
      <div className={classNames("grid grid-cols-1 gap-2", widths[columns])}>
        {options.map((option) => (
          <label
            key={option.value}
            className={classNames(
              "relative flex min-h-11 items-start gap-3 rounded-lg border-[1.5px] border-edge bg-sheet px-4 py-3",
              "transition-colors hover:border-ink has-checked:border-ink has-checked:bg-lamp-pale",
              "has-checked:ring-1 has-checked:ring-ink has-focus-visible:outline-3",
              "has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
              "has-disabled:border-dashed has-disabled:bg-shade has-disabled:text-ink-soft",
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              disabled={option.disabled}
              required={required}
              aria-invalid={error ? true : undefined}
              onBlur={onBlur}
              onChange={onChange && (() => onChange(option.value))}
              {...(value !== undefined
                ? { checked: value === option.value }
                : { defaultChecked: defaultValue === option.value })}
              className="mt-[0.2em] size-5 shrink-0 outline-none"
            />
            <span className="grid min-w-0 grid-cols-1 gap-0.5">
              <span className="font-semibold">{option.label}</span>
              {option.detail && <span className="text-sm text-ink-soft">{option.detail}</span>}
            </span>
          </label>
        ))}
      </div>
    </FieldGroup>
  );
}
