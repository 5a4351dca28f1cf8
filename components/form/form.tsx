"use client";

import Link from "next/link";
import { type FormEvent, type ReactNode, useEffect, useRef, useSyncExternalStore } from "react";
import { useTranslations } from "@/components/translations";
import { FormMessage } from "@/components/ui/form-message";

/** Reads one text of a form; "" when it has no such field. */
export const getText = (data: FormData, name: string): string => {
  const value = data.get(name);
  return typeof value === "string" ? value : "";
};

function SavedLink({ href }: { href: string }) {
  const t = useTranslations("form");
  return (
    <>
      {" "}
      <Link href={href} className="link">
        {t("savedLink")}
      </Link>
    </>
  );
}

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
  savedAt,
  empties,
  children,
}: {
  onSend: (data: FormData) => void;
  sentence?: string | undefined;
  /** Where to read what an earlier sending made, when this one is refused because of it. */
  savedAt?: string | undefined;
  /**
   * Of a form that makes one thing after another, what `useFormMutation` says of it: once something was sent, the
   * fields begin anew, and the first one has the focus.
   */
  empties?: { times: number; pending: boolean } | undefined;
  children: ReactNode;
}) {
  const isReady = useIsReady();
  const fields = useRef<HTMLFieldSetElement>(null);
  const isDone = empties !== undefined && empties.times > 0 && !empties.pending;
  // The button was disabled while it was under way, and has lost the focus.
  useEffect(() => {
    if (!isDone) return;
    fields.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }, [isDone]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    // Which of several buttons was pressed: older browsers leave it out of the data.
    const button = (event.nativeEvent as SubmitEvent).submitter;
    if (button instanceof HTMLButtonElement && button.name) data.set(button.name, button.value);
    onSend(data);
  };
  return (
    <form method="post" onSubmit={submit} noValidate>
      <fieldset
        key={empties?.times}
        ref={fields}
        disabled={!isReady}
        className="grid min-w-0 gap-6"
      >
        {sentence && (
          <FormMessage>
            {sentence}
            {savedAt && <SavedLink href={savedAt} />}
          </FormMessage>
        )}
        {children}
      </fieldset>
    </form>
  );
}
