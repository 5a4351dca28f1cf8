"use client";

import type { FormEvent, ReactNode } from "react";
import { FormMessage } from "@/components/ui/form-message";

/** Reads one text of a form; "" when it has no such field. */
export const textOf = (data: FormData, name: string): string => {
  const value = data.get(name);
  return typeof value === "string" ? value : "";
};

/**
 * A form that keeps what was typed whatever the server says. What went wrong stands above the
 * fields and takes the focus; each wrong field has its own sentence as well.
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
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSend(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-6">
      {sentence && <FormMessage>{sentence}</FormMessage>}
      {children}
    </form>
  );
}
