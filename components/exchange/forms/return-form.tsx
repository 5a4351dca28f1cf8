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

/** Gives back hours that somebody else's record brought, while there is time for it. */
export function ReturnForm({
  exchange,
  name,
  until,
}: {
  exchange: ExchangeRef;
  name: string;
  /** The last moment, in words. */
  until: string;
}) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useFormMutation(trpc.exchange.returnHours.mutationOptions());
  return (
    <Disclosure summary={t("returnHours.title")}>
      <TransitionForm
        version={exchange.version}
        sent={sent}
        onSend={(data) => sent.send({ ...exchange, ...readForm(reasonShape, data) })}
      >
        <p>{t("returnHours.lead", { name, until })}</p>
        <ReasonField name={name} error={sent.fields.reason} />
        <div className="flex flex-wrap">
          <ConfirmButton
            variant="secondary"
            question={t("returnHours.question", { name })}
            confirmLabel={t("returnHours.send")}
            cancelLabel={t("back")}
            pending={sent.pending}
            pendingLabel={t("sending")}
          >
            {t("returnHours.title")}
          </ConfirmButton>
        </div>
      </TransitionForm>
    </Disclosure>
  );
}
