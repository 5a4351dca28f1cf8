import { TextInput, type TextInputProps } from "./text-input";

/** The device's own calendar; values, `min` and `max` are YYYY-MM-DD. */
export function DateInput(props: Omit<TextInputProps, "type">) {
  return <TextInput {...props} type="date" />;
}
