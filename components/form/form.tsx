"use client";

import { type FormEvent, type ReactNode, useSyncExternalStore } from "react";
import { FormMessage } from "@/components/ui/form-message";

/** Reads one text of a form; "" when it has no such field. */
export const textOf = (data: FormData, name: string): string => {
  const value = data.get(name);
  return typeof value === "string" ? value : "";
};

const never = () => () => undefined;
/** False until the page's scripts have taken over this form. */
const useIsReady = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

/**
 * A form that keeps what was typed whatever the server says. What went wrong stands above the
 * fields and takes the focus; each wrong field has its own sentence as well.
 *
 * Until its scripts run, a form can be read and not sent: a browser on its own would put what was
 * typed, passwords too, into the address.
 */
export function Form({
  onSend,
  sentence,
  children,
}: {
  onSend: (data: FormData) => void;
  sentence?: string | undefined;
  children: ReactNode;
}) {
  const isReady = useIsReady();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSend(new FormData(event.currentTarget));
  };
  return (
    <form method="post" onSubmit={submit} noValidate>
      <fieldset disabled={!isReady} className="grid min-w-0 gap-6">
        {sentence && <FormMessage>{sentence}</FormMessage>}
        {children}
      </fieldset>
    </form>
  );
}
