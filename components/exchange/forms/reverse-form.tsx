"use client";

import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Disclosure } from "@/components/ui/disclosure";
import { decisionShape } from "@/domain/exchange/schema";
import { readForm } from "@/domain/kernel/form";
import type { ExchangeRef } from "../exchange";
import { NeededReasonField } from "./reason-field";
import { TransitionForm } from "./transition-form";

/** A coordinator undoes a settled exchange; nothing is deleted. */
export function ReverseForm({
  exchange,
  giver,
  receiver,
}: {
  exchange: ExchangeRef;
  giver: string;
  receiver: string;
}) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useFormMutation(trpc.exchange.reverse.mutationOptions());
  return (
    <Disclosure summary={t("reverse")}>
      <TransitionForm
        version={exchange.version}
        sent={sent}
        onSend={(data) => sent.send({ ...exchange, ...readForm(decisionShape, data) })}
      >
        <p>{t("reverseLead", { giver, receiver })}</p>
        <NeededReasonField error={sent.fields.reason} />
        <div className="flex flex-wrap">
          <ConfirmButton
            question={t("reverseQuestion")}
            confirmLabel={t("reverseSend")}
            cancelLabel={t("back")}
            pending={sent.pending}
            pendingLabel={t("sending")}
          >
            {t("reverse")}
          </ConfirmButton>
        </div>
      </TransitionForm>
    </Disclosure>
  );
}
