"use client";

import { type MutationOptions, useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback, useRef, useTransition } from "react";

/** What the server says of a refusal; see `Failure` in server/errors.ts. */
type Refusal = {
  data?: { sentence?: string; fields?: Record<string, string>; reason?: string } | null;
};

/** Refusals that say that somebody else has taken the time. */
const TIME_GONE = new Set(["giverBusy", "timeNotOpen"]);

/** What a form shows after a failed sending. `fields` has a sentence for each wrong field. */
export type Sent<Input, Output> = {
  /** Sends, unless it is being sent already. */
  send: (input: Input) => void;
  /** From the press until the page that follows is there. */
  pending: boolean;
  /** What went wrong, as a sentence; undefined while nothing did. */
  sentence: string | undefined;
  fields: Record<string, string>;
  reason: string | undefined;
  /** The answer of the last sending that worked. */
  answer: Output | undefined;
};

/**
 * Sends a form by a procedure, once at a time, and shows the page that follows.
 * @param options `trpc.….mutationOptions()` of the procedure
 * @param then where to go afterwards; without it the page is read again in place
 */
export function useSend<Input, Output>(
  // biome-ignore lint/suspicious/noExplicitAny: the error and context types are tRPC's own and unused
  options: MutationOptions<Output, any, Input, any>,
  then: { to?: (output: Output) => string; done?: (output: Output) => void; stay?: boolean } = {},
): Sent<Input, Output> {
  const router = useRouter();
  const say = useTranslations("form");
  const [moving, startMoving] = useTransition();
  const sending = useRef(false);
  const mutation = useMutation({
    ...options,
    onSuccess: (output: Output) => {
      then.done?.(output);
      startMoving(() => {
        if (then.to) router.push(then.to(output));
        if (!then.stay) router.refresh();
      });
    },
    onError: (error: Refusal) => {
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
    answer: mutation.data,
  };
}
