"use client";

import { type MutationOptions, useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback, useRef, useState, useTransition } from "react";
import { useTranslations } from "@/components/translations";
import type { useNewId } from "./use-new-id";

/** What the server says of a refusal; see `Failure` in server/api/errors.ts. */
type Refusal = {
  data?: {
    sentence?: string;
    fields?: Record<string, string>;
    reason?: string;
    about?: string;
  } | null;
};

/** Refusals that say that somebody else has taken the time. */
const TIME_GONE = new Set(["giverBusy", "timeNotOpen"]);

/** What a form shows after a failed sending. `fields` has a sentence for each wrong field. */
export type FormMutation<Input, Output> = {
  /** Sends, unless it is being sent already. */
  send: (input: Input) => void;
  /** From the press until the page that follows is there. */
  pending: boolean;
  /** What went wrong, as a sentence; undefined while nothing did. */
  sentence: string | undefined;
  fields: Record<string, string>;
  reason: string | undefined;
  /** The id of what is there already, where the refusal is about that. */
  about: string | undefined;
  /** The id of what an earlier sending of this form made, after all. */
  saved: string | undefined;
  /** Counts the sendings that worked; as a key it makes what was sent begin anew. */
  times: number;
  /** The answer of the last sending that worked. */
  answer: Output | undefined;
};

/**
 * Sends a form by a procedure, once at a time, and shows the page that follows.
 * @param options `trpc.….mutationOptions()` of the procedure
 * @param then where to go afterwards; without it the page is read again in place
 */
export function useFormMutation<Input, Output>(
  // biome-ignore lint/suspicious/noExplicitAny: the error and context types are tRPC's own and unused
  options: MutationOptions<Output, any, Input, any>,
  then: {
    to?: (output: Output) => string;
    done?: (output: Output) => void;
    stay?: boolean;
    /** The id that the form sends: a new one once it has been used. */
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
      // What is sent next is another request; what was typed stays.
      if (error.data?.reason === "sameIdOtherContent") {
        setSaved(then.newId?.id());
        then.newId?.renew();
      }
      // The hour has gone meanwhile: the page brings the ones that are still free.
      if (TIME_GONE.has(error.data?.reason ?? "")) router.refresh();
    },
    onSettled: () => {
      sending.current = false;
    },
  });
  const { mutate } = mutation;
  const send = useCallback(
    (input: Input) => {
      // A second press in the same instant arrives before the button is drawn as disabled.
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
