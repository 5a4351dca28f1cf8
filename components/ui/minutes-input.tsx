"use client";

import { useId, useState } from "react";
import { FieldGroup, type FieldProps, fieldAria } from "./field";
import { SelectControl } from "./select";

type MinutesInputProps = FieldProps & {
  name: string;
  /** The words before each list, for example "Hours" and "Minutes". */
  hoursLabel: string;
  minutesLabel: string;
  /** The steps in which the community records, in minutes; 60 leaves only whole hours. */
  granularity?: number;
  defaultMinutes?: number;
  /** The most hours that the first list offers. */
  maxHours?: number;
  onMinutesChange?: (minutes: number) => void;
  disabled?: boolean;
};

const counted = (from: number, to: number, step: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);

/** Hours and minutes as two native lists; the form receives whole minutes in one field. */
export function MinutesInput({
  label,
  hint,
  error,
  optional,
  name,
  hoursLabel,
  minutesLabel,
  granularity = 15,
  defaultMinutes = 60,
  maxHours = 24,
  onMinutesChange,
  disabled,
}: MinutesInputProps) {
  const id = useId();
  const [total, setTotal] = useState(defaultMinutes);
  const hours = Math.floor(total / 60);
  const rest = total % 60;
  const change = (minutes: number) => {
    setTotal(minutes);
    onMinutesChange?.(minutes);
  };
  // An amount off the list (a longer time, an older granularity) stays choosable rather than being changed unseen.
  const withChosen = (choices: number[], chosen: number) =>
    choices.includes(chosen) ? choices : [...choices, chosen].sort((a, b) => a - b);
  const { "aria-describedby": describedBy, "aria-invalid": invalid } = fieldAria(id, {
    hint,
    error,
  });
  const tied = { "aria-describedby": describedBy, "aria-invalid": invalid, disabled };

  return (
    <FieldGroup id={id} {...{ label, hint, error, optional }}>
      <input type="hidden" name={name} value={total} disabled={disabled} />
      <div className="grid max-w-md grid-cols-[repeat(auto-fit,minmax(min(100%,5.5rem),1fr))] gap-3">
        <div className="grid min-w-0 gap-1">
          <label htmlFor={`${id}-hours`} className="text-sm text-ink-soft">
            {hoursLabel}
          </label>
          <SelectControl
            id={`${id}-hours`}
            {...tied}
            value={hours}
            onChange={(event) => change(Number(event.target.value) * 60 + rest)}
          >
            {withChosen(counted(0, maxHours, 1), hours).map((choice) => (
              <option key={choice} value={choice}>
                {choice}
              </option>
            ))}
          </SelectControl>
        </div>
        <div className="grid min-w-0 gap-1">
          <label htmlFor={`${id}-minutes`} className="text-sm text-ink-soft">
            {minutesLabel}
          </label>
          <SelectControl
            id={`${id}-minutes`}
            {...tied}
            value={rest}
            onChange={(event) => change(hours * 60 + Number(event.target.value))}
          >
            {withChosen(counted(0, 59, granularity), rest).map((choice) => (
              <option key={choice} value={choice}>
                {String(choice).padStart(2, "0")}
              </option>
            ))}
          </SelectControl>
        </div>
      </div>
    </FieldGroup>
  );
}
