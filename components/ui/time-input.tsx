import { TextInput, type TextInputProps } from "./text-input";

/** The device's own clock; values are HH:MM, `step` is in seconds. */
export function TimeInput({ step = 300, ...rest }: Omit<TextInputProps, "type">) {
  return <TextInput {...rest} step={step} type="time" />;
}
