"use client";

import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Actions, Button } from "@/components/ui/button";
import { FormMessage } from "@/components/ui/form-message";

/** Marks the notices about revoked credentials as read. */
export function DismissRevocations() {
  const t = useTranslations("authForm");
  const trpc = useTRPC();
  const { send, pending, sentence } = useFormMutation(
    trpc.person.dismissRevocations.mutationOptions(),
  );
  return (
    <>
      {sentence && <FormMessage>{sentence}</FormMessage>}
      <Actions>
        <Button
          variant="secondary"
          pending={pending}
          pendingLabel={t("ending")}
          onClick={() => send()}
        >
          {t("understood")}
        </Button>
      </Actions>
    </>
  );
}
