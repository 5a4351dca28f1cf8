"use client";

import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Disclosure } from "@/components/ui/disclosure";
import { reasonShape } from "@/domain/exchange/schema";
import { readForm } from "@/domain/kernel/form";
import type { ExchangeRef } from "../exchange";
import { ReasonField } from "./reason-field";
import { SimpleTransition, SubmitButton, TransitionForm } from "./transition-form";

/** Yes to the standing proposal. */
export function AgreeForm({ exchange }: { exchange: ExchangeRef }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useFormMutation(trpc.exchange.agree.mutationOptions());
  return (
    <SimpleTransition
      exchange={exchange}
      sent={sent}
      variant="primary"
      pendingLabel={t("agreeing")}
    >
      {t("agree")}
    </SimpleTransition>
  );
}

/** Not this time, with a word of why for who wants to give one. */
export function DeclineForm({ exchange, name }: { exchange: ExchangeRef; name: string }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useFormMutation(trpc.exchange.decline.mutationOptions());
  return (
    <Disclosure summary={t("decline")}>
      <TransitionForm
        version={exchange.version}
        sent={sent}
        onSend={(data) => sent.send({ ...exchange, ...readForm(reasonShape, data) })}
      >
        <ReasonField name={name} error={sent.fields.reason} />
        <SubmitButton sent={sent} pendingLabel={t("sending")}>
          {t("declineSend")}
        </SubmitButton>
      </TransitionForm>
    </Disclosure>
  );
}
