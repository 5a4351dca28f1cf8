"use client";

import Link from "next/link";
import { type FormEvent, type ReactNode, useEffect, useRef, useSyncExternalStore } from "react";
import { useTranslations } from "@/components/translations";
import { FormMessage } from "@/components/ui/form-message";

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
/** False until hydration. */
const useIsReady = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

/**
 * A form that keeps the typed text after an error. The error's message is shown above the fields and
 * takes the focus; each invalid field has its own message as well.
 *
 * Until hydration the form cannot be sent: the browser itself would put the fields, passwords
 * included, into the URL.
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
  /** A link to the record that an earlier attempt created, if this one failed because of it. */
  savedAt?: string | undefined;
  /**
   * `useFormMutation`'s number of successful submissions, for a form that creates several records one
   * after another: after each, the fields are reset and the first one takes the focus.
   */
  empties?: { times: number; pending: boolean } | undefined;
  children: ReactNode;
}) {
  const isReady = useIsReady();
  const fields = useRef<HTMLFieldSetElement>(null);
  const isDone = empties !== undefined && empties.times > 0 && !empties.pending;
  // The button was disabled during the request, and has lost the focus.
  useEffect(() => {
    if (!isDone) return;
    fields.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
  }, [isDone]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    // Adds the button that was pressed: older browsers leave it out of the form data.
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
