"use client";

import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Disclosure } from "@/components/ui/disclosure";
import { MinutesInput } from "@/components/ui/minutes-input";
import { decisionShape, resolutionShape } from "@/domain/exchange/schema";
import { readForm } from "@/domain/kernel/form";
import type { ExchangeRef } from "../exchange";
import { NeededReasonField } from "./reason-field";
import { SubmitButton, TransitionForm } from "./transition-form";

/** A coordinator moves the hours that they find right. */
export function ResolveWithHoursForm({
  exchange,
  giver,
  receiver,
  minutes,
  granularity,
}: {
  exchange: ExchangeRef;
  giver: string;
  receiver: string;
  minutes: number;
  granularity: number;
}) {
  const t = useTranslations("exchangeForm");
  const form = useTranslations("form");
  const trpc = useTRPC();
  const sent = useFormMutation(trpc.exchange.resolveWithHours.mutationOptions());
  return (
    <TransitionForm
      version={exchange.version}
      sent={sent}
      onSend={(data) => sent.send({ ...exchange, ...readForm(resolutionShape, data) })}
    >
      <MinutesInput
        key={minutes}
        name="minutes"
        label={t("resolveWithHours")}
        hint={t("awardHint", { giver, receiver })}
        hoursLabel={form("hours")}
        minutesLabel={form("minutes")}
        granularity={granularity}
        defaultMinutes={minutes}
        error={sent.fields.minutes}
      />
      <NeededReasonField error={sent.fields.reason} />
      <SubmitButton sent={sent} variant="primary" pendingLabel={t("sending")}>
        {t("awardSend")}
      </SubmitButton>
    </TransitionForm>
  );
}

/** A coordinator ends it without moving hours. */
export function ResolveWithoutHoursForm({ exchange }: { exchange: ExchangeRef }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useFormMutation(trpc.exchange.resolveWithoutHours.mutationOptions());
  return (
    <Disclosure summary={t("resolveWithoutHours")}>
      <TransitionForm
        version={exchange.version}
        sent={sent}
        onSend={(data) => sent.send({ ...exchange, ...readForm(decisionShape, data) })}
      >
        <NeededReasonField error={sent.fields.reason} />
        <SubmitButton sent={sent} pendingLabel={t("sending")}>
          {t("annulSend")}
        </SubmitButton>
      </TransitionForm>
    </Disclosure>
  );
}
