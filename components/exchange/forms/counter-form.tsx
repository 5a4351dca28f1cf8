"use client";

import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Disclosure } from "@/components/ui/disclosure";
import type { SlotTime } from "../../format/slots";
import type { ExchangeRef, Side } from "../exchange";
import { readTerms, type TermsDraft, TermsFields } from "./terms-fields";
import { SubmitButton, TransitionForm } from "./transition-form";

/** Another time, length or place; then it is the other person's turn. */
export function CounterForm({
  exchange,
  mySide,
  name,
  ...terms
}: {
  exchange: ExchangeRef;
  mySide: Side;
  name: string;
  draft: TermsDraft;
  today: string;
  granularity: number;
  slots: readonly SlotTime[] | null;
}) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useFormMutation(trpc.exchange.counter.mutationOptions());
  return (
    <Disclosure key={sent.times} summary={t("counter")}>
      <TransitionForm
        version={exchange.version}
        sent={sent}
        onSend={(data) => sent.send({ ...exchange, ...readTerms(data, mySide) })}
      >
        <TermsFields
          {...terms}
          name={name}
          fields={sent.fields}
          slotsTitle={mySide === "giver" ? t("slots.mine") : t("slots.title", { name })}
        />
        <SubmitButton sent={sent} pendingLabel={t("sending")}>
          {t("counterSend", { name })}
        </SubmitButton>
      </TransitionForm>
    </Disclosure>
  );
}
