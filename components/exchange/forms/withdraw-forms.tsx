"use client";

import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Disclosure } from "@/components/ui/disclosure";
import { reasonShape } from "@/domain/exchange/schema";
import { readForm } from "@/domain/kernel/form";
import type { ExchangeRef } from "../exchange";
import { ReasonField } from "./reason-field";
import { TransitionForm } from "./transition-form";

/** Takes back one's own proposal, report or record. */
export function WithdrawForm({ exchange, name }: { exchange: ExchangeRef; name: string }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useFormMutation(trpc.exchange.withdraw.mutationOptions());
  return (
    <TransitionForm version={exchange.version} sent={sent} onSend={() => sent.send(exchange)}>
      <div className="flex flex-wrap">
        <ConfirmButton
          variant="secondary"
          question={t("withdrawQuestion", { name })}
          confirmLabel={t("withdrawSend")}
          cancelLabel={t("back")}
          pending={sent.pending}
          pendingLabel={t("sending")}
        >
          {t("withdraw")}
        </ConfirmButton>
      </div>
    </TransitionForm>
  );
}

/** Calls an agreed exchange off; what is held becomes free. */
export function CancelForm({ exchange, name }: { exchange: ExchangeRef; name: string }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useFormMutation(trpc.exchange.cancel.mutationOptions());
  return (
    <Disclosure summary={t("cancel")}>
      <TransitionForm
        version={exchange.version}
        sent={sent}
        onSend={(data) => sent.send({ ...exchange, ...readForm(reasonShape, data) })}
      >
        <p>{t("cancelLead", { name })}</p>
        <ReasonField name={name} error={sent.fields.reason} />
        <div className="flex flex-wrap">
          <ConfirmButton
            question={t("cancelQuestion")}
            confirmLabel={t("cancelSend")}
            cancelLabel={t("back")}
            pending={sent.pending}
            pendingLabel={t("sending")}
          >
            {t("cancel")}
          </ConfirmButton>
        </div>
      </TransitionForm>
    </Disclosure>
  );
}
