"use client";

import { useFormMutation } from "@/components/form/use-form-mutation";
import { useTranslations } from "@/components/translations";
import { useTRPC } from "@/components/trpc";
import { Disclosure } from "@/components/ui/disclosure";
import { RadioCards } from "@/components/ui/radio-cards";
import { delayShape, notHappenedShape } from "@/domain/exchange/schema";
import { notHappenedReasons } from "@/domain/exchange/transitions";
import { readForm } from "@/domain/kernel/form";
import type { ExchangeRef } from "../exchange";
import { ReasonField } from "./reason-field";
import { SubmitButton, TransitionForm } from "./transition-form";

const LATE = [10, 20, 30, 60] as const;

/** Tells the other side that one is late. */
export function DelayForm({ exchange, name }: { exchange: ExchangeRef; name: string }) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useFormMutation(trpc.exchange.reportDelay.mutationOptions());
  return (
    <Disclosure key={sent.times} summary={t("late")}>
      <TransitionForm
        version={exchange.version}
        sent={sent}
        onSend={(data) => sent.send({ ...exchange, ...readForm(delayShape, data) })}
      >
        <RadioCards
          name="minutes"
          label={t("lateHow")}
          columns={2}
          options={LATE.map((minutes) => ({
            value: String(minutes),
            label: t("lateMinutes", { minutes }),
          }))}
          defaultValue="10"
          error={sent.fields.minutes}
        />
        <SubmitButton sent={sent} pendingLabel={t("sending")}>
          {t("lateSend", { name })}
        </SubmitButton>
      </TransitionForm>
    </Disclosure>
  );
}

/** Agreed help that did not happen: why, and nobody's fault. */
export function NotHappenedForm({
  exchange,
  name,
  causes,
}: {
  exchange: ExchangeRef;
  name: string;
  causes: Record<(typeof notHappenedReasons)[number], string>;
}) {
  const t = useTranslations("exchangeForm");
  const trpc = useTRPC();
  const sent = useFormMutation(trpc.exchange.markNotHappened.mutationOptions());
  return (
    <Disclosure key={sent.times} summary={t("markNotHappened")}>
      <TransitionForm
        version={exchange.version}
        sent={sent}
        onSend={(data) => sent.send({ ...exchange, ...readForm(notHappenedShape, data) })}
      >
        <p>{t("missLead")}</p>
        <RadioCards
          name="cause"
          label={t("missCause")}
          options={notHappenedReasons.map((value) => ({ value, label: causes[value] }))}
          defaultValue="other"
          error={sent.fields.cause}
        />
        <ReasonField name={name} error={sent.fields.reason} />
        <SubmitButton sent={sent} pendingLabel={t("sending")}>
          {t("missSend")}
        </SubmitButton>
      </TransitionForm>
    </Disclosure>
  );
}
