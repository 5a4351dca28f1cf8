"use client";

import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { FormMessage } from "@/components/ui/form-message";

/** Makes an invitation's link stop working. */
export function WithdrawInvitation({ community, id }: { community: string; id: string }) {
  const t = useTranslations("communityForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const { send, pending, sentence } = useFormMutation(
    trpc.community.withdrawInvitation.mutationOptions(),
  );
  return (
    <>
      {sentence && <FormMessage>{sentence}</FormMessage>}
      <ConfirmButton
        variant="secondary"
        question={t("withdrawQuestion")}
        confirmLabel={t("withdrawSend")}
        cancelLabel={t("back")}
        pending={pending}
        pendingLabel={form("sending")}
        onConfirm={() => send({ community, id })}
      >
        {t("withdraw")}
      </ConfirmButton>
    </>
  );
}
