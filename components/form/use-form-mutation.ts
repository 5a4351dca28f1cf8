"use client";

import { type MutationOptions, useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback, useRef, useState, useTransition } from "react";
import { useTranslations } from "@/components/translations";
import type { useNewId } from "./use-new-id";

/** The server's error; see `Failure` in server/api/errors.ts. */
type Refusal = {
  data?: {
    sentence?: string;
    fields?: Record<string, string>;
    reason?: string;
    about?: string;
  } | null;
};

/** Errors for a slot that another exchange has taken. */
const TIME_GONE = new Set(["giverBusy", "timeNotOpen"]);

/** The state of a form. `fields` has a message for each invalid field. */
export type FormMutation<Input, Output> = {
  /** Sends the form, unless it is already being sent. */
  send: (input: Input) => void;
  /** From the press until the next page is shown. */
  pending: boolean;
  /** The message of the last error, if any. */
  sentence: string | undefined;
  fields: Record<string, string>;
  reason: string | undefined;
  /** The id of the record that already exists, if the error is about one. */
  about: string | undefined;
  /** The id of the record that an earlier attempt created after all. */
  saved: string | undefined;
  /** The number of successful submissions; used as a key, it resets the fields. */
  times: number;
  /** The output of the last successful submission. */
  answer: Output | undefined;
};

/**
 * Sends a form to a procedure, one request at a time, and then shows the next page.
 * @param options `trpc.….mutationOptions()` of the procedure
 * @param then where to go afterwards; without it the page is refreshed in place
 */
export function useFormMutation<Input, Output>(
  // biome-ignore lint/suspicious/noExplicitAny: the error and context types are tRPC's own and unused
  options: MutationOptions<Output, any, Input, any>,
  then: {
    to?: (output: Output) => string;
    done?: (output: Output) => void;
    stay?: boolean;
    /** The id that the form sends; renewed once it has been used. */
    newId?: ReturnType<typeof useNewId>;
  } = {},
): FormMutation<Input, Output> {
  const router = useRouter();
  const say = useTranslations("form");
  const [moving, startMoving] = useTransition();
  const sending = useRef(false);
  const [saved, setSaved] = useState<string>();
  const [times, setTimes] = useState(0);
  const mutation = useMutation({
    ...options,
    onSuccess: (output: Output) => {
      then.newId?.renew();
      setTimes((count) => count + 1);
      then.done?.(output);
      startMoving(() => {
        if (then.to) router.push(then.to(output));
        if (!then.stay) router.refresh();
      });
    },
    onError: (error: Refusal) => {
      // The next submission is another request; the fields stay as typed.
      if (error.data?.reason === "sameIdOtherContent") {
        setSaved(then.newId?.id());
        then.newId?.renew();
      }
      // The slot was taken meanwhile: refresh the list of free ones.
      if (TIME_GONE.has(error.data?.reason ?? "")) router.refresh();
    },
    onSettled: () => {
      sending.current = false;
    },
  });
  const { mutate } = mutation;
  const send = useCallback(
    (input: Input) => {
      // A second press can arrive before the button is rendered as disabled.
      if (sending.current) return;
      sending.current = true;
      setSaved(undefined);
      mutate(input);
    },
    [mutate],
  );
  const refusal: Refusal | null = mutation.error;
  return {
    send,
    pending: mutation.isPending || moving,
    sentence: refusal ? (refusal.data?.sentence ?? say("unreachable")) : undefined,
    fields: refusal?.data?.fields ?? {},
    reason: refusal?.data?.reason,
    about: refusal?.data?.about,
    saved,
    times,
    answer: mutation.data,
  };
}
