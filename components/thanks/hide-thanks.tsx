"use client";

import { Form } from "@/components/form/form";
import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";

/** Hides thanks from the page of the member who received them, or shows them there. */
export function HideThanks({
  community,
  exchangeId,
  state,
  from,
}: {
  community: string;
  exchangeId: string;
  state: "shown" | "waiting" | "hidden";
  /** When they appear by themselves, in words. */
  from: string;
}) {
  const t = useTranslations("thanksForm.page");
  const trpc = useTRPC();
  const { send, pending, sentence } = useFormMutation(trpc.thanks.hide.mutationOptions());
  const set = (isHidden: boolean) => send({ community, exchangeId, isHidden });
  return (
    <Form sentence={sentence} onSend={() => set(state !== "hidden")}>
      <p className="text-sm text-ink-soft">{t(state, { from })}</p>
      <Actions>
        {state !== "hidden" && (
          <Button type="submit" variant="quiet" pending={pending}>
            {t("hide")}
          </Button>
        )}
        {state !== "shown" && (
          <Button variant="quiet" pending={pending} onClick={() => set(false)}>
            {t("show")}
          </Button>
        )}
      </Actions>
    </Form>
  );
}
