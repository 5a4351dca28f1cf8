"use client";

import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Disclosure } from "@/components/ui/disclosure";
import { TextArea } from "@/components/ui/text-area";
import { reasonShape } from "@/domain/exchange/schema";
import { readForm } from "@/domain/kernel/form";
import type { ExchangeRef } from "../exchange";
import { SimpleTransition, SubmitButton, TransitionForm } from "./transition-form";

/** Yes, that is how long it took: the hours move. */
export function ConfirmForm({ exchange }: { exchange: ExchangeRef }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useFormMutation(trpc.exchange.confirm.mutationOptions());
  return (
    <SimpleTransition
      exchange={exchange}
      sent={sent}
      variant="primary"
      pendingLabel={t("confirming")}
    >
      {t("confirm")}
    </SimpleTransition>
  );
}

/** No, it was different: a coordinator is asked to help. */
export function DisputeForm({ exchange, name }: { exchange: ExchangeRef; name: string }) {
  const t = useTranslations("exchangeForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const sent = useFormMutation(trpc.exchange.dispute.mutationOptions());
  return (
    <Disclosure summary={t("dispute")}>
      <TransitionForm
        version={exchange.version}
        sent={sent}
        onSend={(data) => sent.send({ ...exchange, ...readForm(reasonShape, data) })}
      >
        <p>{t("disputeLead")}</p>
        <TextArea
          name="reason"
          rows={2}
          label={t("disputeReason")}
          hint={t("reasonHint", { name })}
          optional={form("optional")}
          error={sent.fields.reason}
        />
        <SubmitButton sent={sent} pendingLabel={t("sending")}>
          {t("disputeSend")}
        </SubmitButton>
      </TransitionForm>
    </Disclosure>
  );
}
